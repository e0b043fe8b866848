"""Deals as the agreement's clocks want them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from baton.qualification.handoff.actions import ClockedDeal
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.rules import ClockKind, Now
from baton.qualification.scoring.queries import known_now
from baton.sales.deals.models import Deal, DealPerson, Stage
from baton.sales.deals.rules import StageKind


def clocked(deal: Deal, *, touched_at: datetime | None, zone: str) -> ClockedDeal:
    """One with its owner and stage. An undated one was touched when it came here."""
    moments = (touched_at, deal.stage_at, deal.opened_at)
    now = Now(
        is_open=deal.state == StageKind.OPEN,
        touched_at=max((one for one in moments if one), default=deal.created_at),
        has_step=bool(deal.next_step),
        step_on=deal.next_step_on,
        zone=zone,
    )
    return ClockedDeal(
        pk=deal.pk,
        owner=deal.owner,
        part=str(deal.stage.key),
        now=None if deal.deleted_at else now,
    )


def open_deals_of(
    *, people: Mapping[int, datetime], deals: Mapping[int, datetime]
) -> dict[int, datetime]:
    """The open deals in which these people (of the fact log) take any part, and these deals, each
    with its latest touch."""
    now = known_now(people) if people else {}
    by_person: dict[int, datetime] = {}
    for born, at in people.items():
        if person := now.get(born):
            by_person[person] = max(at, by_person.get(person, at))
    parts: dict[int, list[int]] = defaultdict(list)
    others = DealPerson.objects.filter(person__in=by_person) if by_person else None
    for deal, person in others.values_list("deal", "person") if others is not None else ():
        parts[deal].append(person)
    rows = Deal.objects.open().filter(Q(pk__in={*deals, *parts}) | Q(person__in=by_person))
    return {
        pk: max(
            at
            for at in (deals.get(pk), *(by_person.get(one or 0) for one in (main, *parts[pk])))
            if at
        )
        for pk, main in rows.values_list("pk", "person")
    }


def without_clock() -> QuerySet[Deal]:
    """Open ones for which the agreement in force promises a clock that does not run."""
    agreement = agreement_in_force()
    terms = agreement.terms() if agreement else None
    missing = Q(pk__in=[])
    if terms and (terms.idle_days or any(terms.idle_by_stage.values())):
        own = terms.idle_by_stage
        stages = Stage.objects.all()
        if terms.idle_days:
            promised = ~Q(key__in=[key for key, days in own.items() if not days])
        else:
            promised = Q(key__in=[key for key, days in own.items() if days])
        missing |= Q(stage__in=stages.filter(promised)) & ~_runs(ClockKind.IDLE)
    if terms and terms.step_days:
        is_dated = Q(next_step="") | Q(next_step_on__isnull=False)
        missing |= is_dated & ~_runs(ClockKind.STEP)
    return Deal.objects.open().filter(missing).select_related("owner", "stage").order_by("pk")


def _runs(kind: ClockKind) -> Q:
    return Q(Exists(Clock.objects.running().filter(deal_id=OuterRef("pk"), kind=kind)))


def who_have_deals(person_ids: Collection[int]) -> dict[int, int]:
    """By person, who has their latest open deal: they answer what the person writes."""
    rows = Deal.objects.open().filter(person__in=person_ids, owner__isnull=False).order_by("pk")
    return dict(rows.values_list("person", "owner"))


def shown_deals(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """By id, what it is called, and its page."""
    return {
        deal.pk: (deal.name, deal.get_absolute_url()) for deal in Deal.objects.filter(pk__in=ids)
    }


def clocked_stages() -> dict[str, str]:
    """By key the open stages; with their pipeline where there are several."""
    rows = Stage.objects.living().filter(kind=StageKind.OPEN, pipeline__deleted_at=None)
    stages = list(
        rows.select_related("pipeline").order_by("pipeline__position", "pipeline", "position")
    )
    is_one = len({stage.pipeline_id for stage in stages}) < 2
    return {
        str(stage.key): stage.name if is_one else f"{stage.pipeline.name}: {stage.name}"
        for stage in stages
    }
