"""Colleagues who are mentioned in a note, and whether they see what it is about."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Value

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Scope
from baton.core.access.visibility import read_teams
from baton.core.colleagues.slots import RecordKind, record_kinds
from baton.core.ui.matching import is_called
from baton.records.timeline.models import Note
from baton.records.timeline.permissions import VIEW_TIMELINE
from baton.records.timeline.rules.mentions import mentioned, namesakes
from baton.records.timeline.slots import Subject

SUGGESTED = 6
ASKED = 60  # of those whose role does not see everything, so many are looked at


def mentioned_in(note: Note) -> list[User]:
    """Those who can sign in, but for its author; nobody is looked up where no @ stands."""
    if "@" not in note.body:
        return []
    colleagues = who_can_sign_in().exclude(pk=note.by_id or 0).in_bulk()
    names = {pk: user.name for pk, user in colleagues.items()}
    return [colleagues[pk] for pk in mentioned(note.body, names=names)]


def record_seen(note: Note, *, user: User) -> Any | None:
    """The deal, person or company that a note is about, if this user sees it and the note."""
    about = {"deal": note.deal_id, "person": note.person_id, "company": note.company_id}
    name = next((name for name, pk in about.items() if pk), "")
    kind = record_kinds.find(name)
    if kind is None or not Note.objects.visible_to(user).filter(pk=note.pk).exists():
        return None
    return kind.reached(user, kind.view).filter(pk=about[name]).first()


def blind_to(note: Note) -> list[User]:
    """Who is mentioned and cannot see it."""
    if note.campaign_id:  # whoever may, sees every campaign
        return []
    return [user for user in mentioned_in(note) if record_seen(note, user=user) is None]


def suggested(text: str, *, subject: Subject, user: User) -> list[User]:
    """Whom the letters behind an @ may mean: colleagues who would be told, one's own team first."""
    kind = record_kinds.find(subject.kind)
    if kind is None:
        return []
    colleagues = list(who_can_sign_in().exclude(pk=user.pk).select_related("team"))
    twice = namesakes({one.pk: one.name for one in colleagues})
    meant = [
        one
        for one in colleagues
        if one.pk not in twice and is_called(one.name, text) and one.may(VIEW_TIMELINE)
    ]
    near = sorted(meant, key=lambda one: one.team_id is None or one.team_id != user.team_id)
    seers = _seers(kind, subject, among=near)
    return [one for one in near if one.pk in seers][:SUGGESTED]


def _seers(kind: RecordKind, subject: Subject, *, among: Sequence[User]) -> set[int]:
    """Those who see the record: by their role alone, the others are asked for in one statement."""
    scopes = {one.pk: one.scope(kind.view) for one in among}
    bounded = [one for one in among if scopes[one.pk] not in (None, Scope.ALL)][:ASKED]
    seers = {pk for pk, scope in scopes.items() if scope is Scope.ALL}
    if not bounded:
        return seers
    read_teams(bounded)
    first, *others = [
        kind.reached(one, kind.view)
        .filter(key=subject.key)
        .order_by()
        .values_list(Value(one.pk), flat=True)
        for one in bounded
    ]
    return seers | set(first.union(*others, all=True))
