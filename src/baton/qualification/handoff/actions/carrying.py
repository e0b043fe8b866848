"""Handoffs and rests follow two people who become one, of whom only one can be open.

The one that went further stays open, else the kept one's; the other is withdrawn: nobody owes the
same person two answers.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.dateparse import parse_datetime

from baton.core.changes.actions import plain
from baton.qualification.handoff.models import Clock, Handoff, Offer, Rest
from baton.qualification.handoff.rules import Ended, Outcome, State
from baton.records.people.actions import Rows
from baton.records.people.slots import Pairs, PersonCarrier

HANDOFFS, RESTS = Rows(Handoff, "person"), Rows(Rest, "person")
CLOCKS = Rows(Clock, "person")


def _carry(pairs: Pairs, at: datetime) -> dict[int, dict[str, Any]]:
    closed = _close_all_but_one(pairs, at)
    ended = _end_all_but_one(pairs, at)
    stopped = _stop_all_but_one(pairs, at)
    handoffs, rests = HANDOFFS.carry(pairs, at), RESTS.carry(pairs, at)
    clocks = CLOCKS.carry(pairs, at)
    found = {*handoffs, *rests, *clocks, *closed, *ended, *stopped}
    return {
        pk: {
            "handoffs": handoffs.get(pk, []),
            "rests": rests.get(pk, []),
            "clocks": clocks.get(pk, []),
            "stopped": stopped.get(pk, []),
            "closed": closed.get(pk, []),
            "ended": ended.get(pk, []),
        }
        for pk in found
    }


def _close_all_but_one(pairs: Pairs, at: datetime) -> dict[int, list[Any]]:
    """By whose merge it was closed."""
    rows = Handoff.objects.open().filter(person_id__in={*pairs, *pairs.values()})
    rivals: dict[int, list[Handoff]] = defaultdict(list)
    for row in rows.select_for_update(no_key=True).order_by("pk"):
        rivals[pairs.get(row.person_id, row.person_id)].append(row)
    closed: dict[int, list[Any]] = defaultdict(list)
    for kept, several in rivals.items():
        several.sort(key=partial(_place, kept=kept))
        for row in several[1:]:
            because = row.person_id if row.person_id in pairs else several[0].person_id
            closed[because].append(_close(row, at))
    return closed


def _place(row: Handoff, *, kept: int) -> tuple[bool, bool, bool, int]:
    """Who is with an account executive by now went further than who waits for an SDR."""
    is_behind = not row.is_to_executive, row.state != State.ACCEPTED
    return *is_behind, row.person_id != kept, row.pk


def _close(row: Handoff, at: datetime) -> list[Any]:
    before = [row.pk, row.state, plain(row.escalates_at)]
    running = row.offers.filter(round=row.round, ended_at=None)
    offers = list(running.values_list("pk", flat=True))
    running.update(ended_at=at, outcome=Outcome.WITHDRAWN)
    row.state, row.closed_at, row.escalates_at = State.WITHDRAWN, at, None
    row.save(update_fields=["state", "closed_at", "escalates_at"])
    return [*before, offers]


def _end_all_but_one(pairs: Pairs, at: datetime) -> dict[int, list[int]]:
    """Of the rests that run the longest one goes on."""
    rows = Rest.objects.filter(person_id__in={*pairs, *pairs.values()}, ended_at=None)
    rivals: dict[int, list[Rest]] = defaultdict(list)
    for row in rows.order_by("-until", "pk"):
        rivals[pairs.get(row.person_id, row.person_id)].append(row)
    ended: dict[int, list[int]] = defaultdict(list)
    for several in rivals.values():
        for row in several[1:]:
            because = row.person_id if row.person_id in pairs else several[0].person_id
            ended[because].append(row.pk)
    Rest.objects.filter(pk__in=[pk for pks in ended.values() for pk in pks]).update(ended_at=at)
    return ended


def _stop_all_but_one(pairs: Pairs, at: datetime) -> dict[int, list[int]]:
    """Of the answers that are owed to both the first one goes on."""
    rows = Clock.objects.running().filter(person_id__in={*pairs, *pairs.values()})
    rivals: dict[tuple[int, str], list[Clock]] = defaultdict(list)
    for row in rows.select_for_update(no_key=True).order_by("since", "pk"):
        rivals[pairs.get(row.person_id or 0, row.person_id or 0), row.kind].append(row)
    stopped: dict[int, list[int]] = defaultdict(list)
    for several in rivals.values():
        for row in several[1:]:
            merged = row if row.person_id in pairs else several[0]
            stopped[merged.person_id or 0].append(row.pk)
    found = [pk for pks in stopped.values() for pk in pks]
    Clock.objects.filter(pk__in=found).update(stopped_at=at, ended=Ended.WITHDRAWN)
    return stopped


def _give_back(pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
    HANDOFFS.give_back(pairs, {pk: one["handoffs"] for pk, one in carried.items()}, at)
    RESTS.give_back(pairs, {pk: one["rests"] for pk, one in carried.items()}, at)
    CLOCKS.give_back(pairs, {pk: one.get("clocks", []) for pk, one in carried.items()}, at)
    for one in carried.values():
        for clock in Clock.objects.select_related("person").filter(
            pk__in=one.get("stopped", []), ended=Ended.WITHDRAWN
        ):
            rivals = Clock.objects.running().filter(person=clock.person, kind=clock.kind)
            if not rivals.exists():
                Clock.objects.filter(pk=clock.pk).update(stopped_at=None, ended="")
        for closed in one["closed"]:
            _open_again(*closed)
        for rest in Rest.objects.filter(pk__in=one["ended"]):
            running = Rest.objects.filter(person_id=rest.person_id, ended_at=None)
            if not running.exists():
                Rest.objects.filter(pk=rest.pk).update(ended_at=None)


def _open_again(pk: int, state: str, escalates_at: str | None, offers: list[int]) -> None:
    """Unless the person was handed off anew meanwhile."""
    row = Handoff.objects.filter(pk=pk, state=State.WITHDRAWN).first()
    if row is None or Handoff.objects.open().filter(person=row.person_id).exists():
        return
    Offer.objects.filter(pk__in=offers).update(ended_at=None, outcome="")
    row.state, row.closed_at = state, None
    row.escalates_at = parse_datetime(escalates_at) if escalates_at else None
    row.save(update_fields=["state", "closed_at", "escalates_at"])


CARRIER = PersonCarrier(
    name="handoff.Handoff",
    columns=("handoff.Handoff.person", "handoff.Rest.person", "handoff.Clock.person"),
    carry=_carry,
    give_back=_give_back,
)
