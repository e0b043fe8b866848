"""Log what is changed, mend the words, take it back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change, restore_rows, trash_rows
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.insight.improvements.events import ImprovementLogged, ImprovementRemoved
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.permissions import EDIT_IMPROVEMENTS
from baton.insight.improvements.queries.outcomes import MOVABLE
from baton.insight.improvements.rules import LENGTHS, Way
from baton.insight.reviews.models import Point
from baton.insight.reviews.rules import Kind

IMPROVEMENT = "improvement"
WORDS = ("title", "note", "owner")
COMPARED = ("figure", "way", "starts_on", "days")
YEARS = (1970, 2199)


class BadImprovement(RuleViolation):
    """It names no change, no figure, or days that nobody compares."""


class HasBegun(RuleViolation):
    """What is compared was said before: choosing days afterwards would find what one looks for."""


@transaction.atomic
def log_improvement(
    *,
    title: str,
    figure: str,
    way: str,
    starts_on: date,
    days: int,
    by: User | None,
    at: datetime,
    note: str = "",
    owner: User | None = None,
    decision: Point | None = None,
) -> Improvement:
    """Raises BadImprovement."""
    values = {"title": title.strip(), "figure": figure, "way": way, "days": days}
    values |= {"starts_on": starts_on, "note": note.strip()}
    _check(values)
    if decision and decision.kind != Kind.DECISION:
        raise BadImprovement(_("An improvement comes from a decision."))
    made = Improvement.objects.create(owner=owner, decision=decision, **values)
    _record(made, "created", after={name: values[name] for name in COMPARED}, by=by, at=at)
    _tell(made, by=by, at=at)
    return made


@transaction.atomic
def edit_improvement(
    *,
    improvement: Improvement,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    today: date,
) -> Improvement:
    """What is compared only before its day. Raises BadImprovement, HasBegun, LostRace."""
    if unknown := values.keys() - {*WORDS, *COMPARED}:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    rows = Improvement.objects.select_for_update(of=("self",))
    found = rows.get(pk=improvement.pk)
    before = {name: getattr(found, name) for name in values}
    _check({name: getattr(found, name) for name in (*WORDS, *COMPARED)} | dict(values))
    changed = apply_edit(found, values=values, version=version)
    if not changed:
        return found
    if set(changed) & set(COMPARED) and before.get("starts_on", found.starts_on) <= today:
        words = _("It has begun: what is compared stays. Remove it, and log another one.")
        raise HasBegun(words)
    found.save()
    _record(
        found,
        "edited",
        before={name: before[name] for name in changed},
        after={name: values[name] for name in changed},
        by=by,
        at=at,
    )
    return found


@transaction.atomic
def remove_improvement(*, improvement: Improvement, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned brings it back."""
    batch = new_key()
    if _put_away([improvement.pk], by, at):
        _record(improvement, "deleted", by=by, at=at, batch=batch)
    return batch


def _check(values: Mapping[str, Any]) -> None:
    if not str(values["title"]).strip():
        raise BadImprovement(_("Say what is changed."))
    if values["figure"] not in MOVABLE:
        raise BadImprovement(_("This figure cannot be compared day by day. Choose another one."))
    if values["way"] not in set(Way) or values["days"] not in LENGTHS:
        raise BadImprovement(_("Choose a way and a length from the lists."))
    if not YEARS[0] <= values["starts_on"].year <= YEARS[1]:
        raise BadImprovement(_("Give a day from which on it is changed."))


def _tell(one: Improvement, *, by: User | None, at: datetime) -> None:
    publish(
        ImprovementLogged(
            happened_at=at,
            actor_id=by.pk if by else None,
            improvement_id=one.pk,
            figure=one.figure,
            way=one.way,
            starts_on=one.starts_on.isoformat(),
        )
    )


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    gone = trash_rows(Improvement.objects.filter(pk__in=ids), at=at)
    actor = by.pk if by else None
    for pk in gone:
        publish(ImprovementRemoved(happened_at=at, actor_id=actor, improvement_id=pk))
    return gone


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    back = restore_rows(Improvement.objects.filter(pk__in=ids))
    for one in Improvement.objects.filter(pk__in=back):
        _tell(one, by=by, at=at)
    return back


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    found = Improvement.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(found, values=live_values(Improvement, values))
    found.save()


def _record(one: Improvement, verb: str, **named: Any) -> None:
    record_change(object_type=IMPROVEMENT, object_id=one.pk, verb=verb, **named)


TRACKED = Tracked(
    object_type=IMPROVEMENT,
    label="Improvement",
    read=partial(read_fields, Improvement),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, verb: Improvement.objects.reached_by(user, EDIT_IMPROVEMENTS),
)
