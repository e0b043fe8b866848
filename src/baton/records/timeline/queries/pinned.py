"""What was pinned on top of a timeline: notes and activities as its entries."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models import Value as Const
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.queries import names_of
from baton.core.prepared import Prepared
from baton.records.timeline.events import ActivityLogged, NoteAdded
from baton.records.timeline.models import Activity, Note
from baton.records.timeline.queries.telling import activity_told, note_told
from baton.records.timeline.rules import Entry
from baton.records.timeline.slots import Subject

MOST = 20


def pinned_at(subject: Subject, *, user: User) -> list[Entry]:
    """The latest first: one query where there is nothing."""
    found = _PINNED.rows(
        user=user,
        person=subject.person.pk if subject.person and not subject.deal_id else None,
        company=subject.company.pk if subject.company and not subject.deal_id else None,
        deal=subject.deal_id,
        campaign=subject.campaign_id,
    )
    if not found:
        return []
    notes, activities = (
        kind.by_id(ids=[pk for name, pk, _at in found if name == place])
        for place, kind in enumerate((_NOTES, _ACTIVITIES))
    )
    rows = [(notes if not name else activities).get(pk) for name, pk, _at in found]
    kept = [row for row in rows if row is not None]
    names = names_of(row.by_id for row in kept)
    return [_entry(row, who=names.get(row.by_id or 0, "")) for row in kept]


_NOTES: Prepared[Any] = Prepared(lambda ids: Note.objects.filter(pk__in=ids))
_ACTIVITIES: Prepared[Any] = Prepared(lambda ids: Activity.objects.filter(pk__in=ids))


def _pinned(
    user: Any, person: int | None, company: int | None, deal: int | None, campaign: int | None
) -> QuerySet[Any]:
    about = Q(pk__in=[])
    for name, pk in (("person", person), ("company", company), ("deal_id", deal)):
        about |= Q(**{name: pk}) if pk else Q(pk__in=[])
    at_campaign = about | Q(campaign_id=campaign) if campaign else about
    notes = Note.objects.visible_to(user).filter(at_campaign, pinned_at__isnull=False)
    activities = Activity.objects.visible_to(user).filter(about, pinned_at__isnull=False)
    if campaign:
        return _ids(notes, 0).order_by("-pinned_at")[:MOST]
    return _ids(notes, 0).union(_ids(activities, 1), all=True).order_by("-pinned_at")[:MOST]


def _ids(rows: QuerySet[Any], place: int) -> QuerySet[Any]:
    return rows.order_by().values_list(Const(place), "pk", "pinned_at")


_PINNED = Prepared(_pinned)


def _entry(row: Note | Activity, *, who: str) -> Entry:
    is_note = isinstance(row, Note)
    told = note_told(row) if isinstance(row, Note) else activity_told(row)
    return Entry(
        fact_id=0,
        name=(NoteAdded if is_note else ActivityLogged).name,
        at=row.at,
        title=told.title or _("Note"),
        icon=told.icon or "note",
        hue=told.hue or "amber",
        detail=told.detail,
        quote=told.quote,
        edit_url=told.edit_url,
        pin_url=told.pin_url,
        is_pinned=True,
        who=who,
        actor_id=row.by_id,
    )
