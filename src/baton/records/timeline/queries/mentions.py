"""Colleagues who are mentioned in a note, and whether they see what it is about."""

from typing import Any

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.colleagues.slots import record_kinds
from baton.records.timeline.models import Note
from baton.records.timeline.rules.mentions import mentioned


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
