"""A rest that runs is given another day, or another condition, by whoever may answer them."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.access.models import User
from baton.core.calendars.queries import zone_of
from baton.core.changes.actions import NothingToUndo, record_change
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import gettext_noop
from baton.core.facts import publish
from baton.qualification.handoff.actions.conditions import judge_rests
from baton.qualification.handoff.actions.qualifying import lock_person
from baton.qualification.handoff.actions.refusals import AlreadyAnswered, BadVerdict
from baton.qualification.handoff.actions.resting import morning_of
from baton.qualification.handoff.events import RestChanged
from baton.qualification.handoff.models import Rest
from baton.qualification.handoff.queries.rests import condition_words_for_all
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE

KIND = "rest"
FIELDS = ("until", "condition", "asks_on_day")


@transaction.atomic
def change_rest(
    *,
    person: Person,
    until_on: date,
    condition: Mapping[str, Any] | None,
    reason: str,
    by: User,
    at: datetime,
) -> UUID | None:
    """Until another day, or as soon as something else is so; the batch that is returned takes it
    back, None where it was so already. Whom they return to, or not, stays.

    Raises AlreadyAnswered where nobody rests any more, BadVerdict, BadFilter.
    """
    rest = _running(person)
    before = {name: getattr(rest, name) for name in FIELDS}
    zone = ZoneInfo(zone_of(rest.return_to or by))
    if until_on != rest.until.astimezone(zone).date():
        if until_on <= at.astimezone(zone).date():
            raise BadVerdict(_("Choose a day ahead until which they rest."))
        rest.until = morning_of(until_on, rep=rest.return_to or by).astimezone(UTC)
        rest.asks_on_day = rest.asks_on_day or rest.return_to is not None
    rest.condition = dict(condition) if condition else None
    changed = {name: getattr(rest, name) for name in FIELDS if getattr(rest, name) != before[name]}
    if not changed:
        return None
    if not reason.strip():
        raise BadVerdict(_("Say why they rest longer, shorter or until something else is so."))
    if rest.condition and "condition" in changed:  # one whose tag is gone does not hold the day
        filters.parse(rest.condition, object_type="person")
    _save(rest, is_asked_anew="condition" in changed, at=at)
    _tell(rest, reason=reason.strip(), by=by, at=at)
    return record_change(
        object_type=KIND,
        object_id=rest.pk,
        verb="edited",
        before={name: before[name] for name in changed},
        after=changed,
        cause=reason.strip()[:80],
        by=by,
        at=at,
    ).batch


def _running(person: Person) -> Rest:
    lock_person(person.pk)  # before the rest, as all who write both do
    rests = Rest.objects.running().select_for_update(of=("self",), no_key=True)
    rest = rests.select_related("return_to", "person").filter(person=person).first()
    if rest is None:
        raise AlreadyAnswered(_("%(who)s does not rest any more.") % {"who": person})
    return rest


def _save(rest: Rest, *, is_asked_anew: bool, at: datetime) -> None:
    """What holds already has to become untrue before it counts, as when a rest begins."""
    if is_asked_anew:
        rest.is_untrue, rest.met_at = False, None
    rest.save()
    if is_asked_anew and rest.condition:
        judge_rests([rest], at=at)


def _tell(rest: Rest, *, reason: str, by: User | None, at: datetime) -> None:
    publish(
        RestChanged(
            happened_at=at,
            person_id=rest.person_id,
            company_id=rest.person.company_id,
            actor_id=by.pk if by else None,
            handoff_id=rest.handoff_id,
            until=rest.until.isoformat(),
            condition=condition_words_for_all(rest.condition),
            reason=reason,
        )
    )


@transaction.atomic
def _write_back(rest_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """For the undo: a rest that is over stays so. Raises NothingToUndo."""
    found = Rest.objects.running().filter(pk=rest_id).select_related("person").first()
    if found is None:
        raise NothingToUndo(_("Nothing was taken back: they do not rest any more."))
    rest = _running(found.person)
    for name in FIELDS:
        if name in values:
            is_day = name == "until"
            setattr(rest, name, parse_datetime(values[name]) if is_day else values[name])
    _save(rest, is_asked_anew="condition" in values, at=at)
    _tell(rest, reason=_("Taken back"), by=by, at=at)


def _nothing(ids: Collection[int], by: User | None, at: datetime) -> Collection[int]:
    """Rests are neither made nor deleted by hand."""
    return []


REST = Tracked(
    object_type=KIND,
    label=gettext_noop("Rest"),
    read=lambda ids, names: read_fields(Rest, ids, names),
    write=_write_back,
    trash=_nothing,
    restore=_nothing,
    reach=lambda user, _verb: Rest.objects.filter(
        person__in=Person.objects.visible_to(user, EDIT_PEOPLE).values("pk")
    ),
    has_trash=False,
)
