"""One deal and what stands around it; the deals of a person or company."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.visibility import reaches
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import State as HandoffState
from baton.records.people.models import Company, Person
from baton.records.timeline.slots import Subject
from baton.sales.deals.models import Deal, DealLine, DealQuerySet, Pipeline, Stage, StageEntry
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries.board import stages_of
from baton.sales.deals.queries.people import Part, people_of, with_person
from baton.sales.deals.rules import (
    BarStep,
    StageKind,
    Stay,
    line_sum,
    lines_total,
    stage_bar,
)
from baton.sales.deals.words import local_day

ACCEPTED = (HandoffState.ACCEPTED, HandoffState.QUALIFIED)


def pipelines() -> list[Pipeline]:
    """The living pipelines in their order."""
    return _PIPELINES.rows()


_PIPELINES = Prepared(lambda: Pipeline.objects.filter(deleted_at=None).order_by("position", "pk"))


def pipeline_by_key(key: str) -> Pipeline | None:
    """The living pipeline of that key, else the first one; None before there is any."""
    found = pipelines()
    return next((one for one in found if str(one.key) == key), found[0] if found else None)


def open_stages(pipeline: Pipeline) -> list[Stage]:
    """Where a deal may go without a form."""
    return [stage for stage in stages_of(pipeline) if stage.kind == StageKind.OPEN]


def stage_with_key(key: str) -> Stage | None:
    """Also a removed one, so that it can be named; None for what never was a stage."""
    try:
        return Stage.objects.filter(key=UUID(key)).first()
    except ValueError:
        return None


def closing_stage(deal: Deal, *, kind: StageKind) -> Stage | None:
    """Where the deal goes when it is won or lost."""
    stages = Stage.objects.living().of_kind(kind).filter(pipeline=deal.stage.pipeline_id)
    return stages.order_by("position", "pk").first()


def lines_of(deal: Deal) -> list[DealLine]:
    """In their order, with their products."""
    return _LINES.rows(deal=deal.pk)


_LINES = Prepared(
    lambda deal: (
        DealLine.objects.filter(deal=deal).select_related("product").order_by("position", "pk")
    )
)


def sum_of(line: DealLine) -> Decimal | None:
    """Quantity x price; None = unknown."""
    return line_sum(quantity=line.quantity, price=line.price)


def total_of(lines: list[DealLine]) -> Decimal | None:
    """What the lines come to; None without lines or while a price is unknown."""
    return lines_total(map(sum_of, lines))


_ENTRIES = Prepared(lambda deal: StageEntry.objects.filter(deal=deal).order_by("pk"))


def way_of(deal: Deal, *, today: date, zone: ZoneInfo) -> list[tuple[Stage, BarStep]]:
    """The deal's stages with dates and days; a lost one shows those it came to, then Lost."""
    entries = _ENTRIES.rows(deal=deal.pk)
    stays = [
        Stay(
            stage_id=entry.stage_id,
            entered_on=local_day(entry.entered_at, zone=zone) if entry.entered_at else None,
            left_on=local_day(entry.left_at, zone=zone) if entry.left_at else None,
        )
        for entry in entries
    ]
    been = {stay.stage_id for stay in stays}
    is_lost = deal.state == StageKind.LOST
    stages = [
        stage
        for stage in stages_of(deal.stage.pipeline)
        if (stage.pk in been if is_lost else stage.kind != StageKind.LOST)
    ]
    bar = stage_bar([stage.pk for stage in stages], current=deal.stage_id, stays=stays, today=today)
    return list(zip(stages, bar, strict=True))


def deal_subject(deal: Deal, *, user: User, people: Sequence[Part] | None = None) -> Subject:
    """For the timeline: the deal's facts, and those of its people whom this user sees."""
    people = people_of(deal, user=user) if people is None else people
    seen = [part for part in people if part.is_seen]
    primary = next((part.person for part in seen if part.is_primary), None)
    return Subject(
        kind="deal",
        key=deal.key,
        title=deal.name,
        url=deal.get_absolute_url(),
        person=primary,
        deal_id=deal.pk,
        person_ids=tuple(part.person.pk for part in seen),
    )


def find_deal_subject(user: User, key: UUID, permission: Permission) -> Subject | None:
    """The deal as the timeline knows it, if the user sees it.

    Who sees a deal may write a note about it: ``permission`` is the timeline's own.
    """
    deals = Deal.objects.living().visible_to(user).select_related("person")
    deal = deals.filter(key=key).first() if user.may(permission) else None
    return deal_subject(deal, user=user) if deal else None


def living_deals_seen(user: User) -> DealQuerySet:
    """The living deals that this user sees: timelines, notes and tasks tell of no others."""
    return Deal.objects.living().visible_to(user)


def qualifier_for(person: Person | None, *, owner: User | None, user: User) -> User | None:
    """Who accepted the person's latest accepted handoff, when somebody else than the owner did; of
    one that was handed on, who handed it on."""
    if person is None:
        return None
    handoffs = Handoff.objects.visible_to(user).filter(
        person=person, rep__isnull=False, state__in=ACCEPTED
    )
    latest = handoffs.select_related("rep", "handed_by").order_by("-made_at", "-pk").first()
    found = (latest.handed_by or latest.rep) if latest else None
    return found if found != owner else None


def deal_counts(stages: Sequence[Stage]) -> dict[int, int]:
    """Living deals by stage id, for those who manage pipelines: everybody's."""
    rows = Deal.objects.living().filter(stage__in=stages).order_by().values("stage")
    return dict(rows.annotate(count=Count("pk")).values_list("stage", "count"))


def handoff_of(deal: Deal, *, user: User) -> Handoff | None:
    """The latest handoff of the deal's person, if this user may see it."""
    if deal.person_id is None:
        return None
    return _HANDOFF.first(user=user, person=deal.person_id)


_HANDOFF = Prepared(
    lambda user, person: (
        Handoff.objects.visible_to(user)
        .filter(person=person)
        .select_related("rep")
        .order_by("-made_at", "-pk")[:1]
    )
)


def deals_of_person(person: Person | int, *, user: User) -> DealQuerySet:
    """The living ones in which they take any part, as far as this user sees them: open ones first,
    the newest first."""
    pk = person if isinstance(person, int) else person.pk
    return _newest(Deal.objects.filter(with_person(pk)), user=user)


def deals_of_company(company: Company | int, *, user: User) -> DealQuerySet:
    """Those with the company itself or with one of its people."""
    # The people as a subquery: through a join no index serves both sides, and all deals are read.
    people = Person.objects.filter(company=company).values("pk")
    return _newest(Deal.objects.filter(Q(company=company) | Q(person__in=people)), user=user)


def _newest(deals: DealQuerySet, *, user: User) -> DealQuerySet:
    visible = deals.living().visible_to(user)
    return visible.select_related("stage", "owner").order_by(
        F("closed_at").desc(nulls_first=True), F("opened_at").desc(nulls_last=True), "-pk"
    )


def may_edit(deal: Deal, *, user: User, permission: Permission = EDIT_DEALS) -> bool:
    """Whether the permission reaches this very deal."""
    return reaches(user, deal, permission)


def stage_choices() -> list[tuple[str, Any]]:
    """Open stages as a select shows them: grouped by pipeline where there are several."""
    groups = [
        (pipeline.name, [(str(stage.key), stage.name) for stage in open_stages(pipeline)])
        for pipeline in pipelines()
    ]
    return groups[0][1] if len(groups) == 1 else groups
