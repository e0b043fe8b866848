"""Where people stand, where they stood on a day, and how they came there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from baton.core.facts.models import FactRecord
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation_zone
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Reached, Stage, reached
from baton.records.people.models import Person, PersonQuerySet
from baton.records.timeline.queries import titles_of

_MOVES = Prepared(
    lambda person: (
        StageChange.objects.filter(person=person)
        .select_related("by", "owner")
        .order_by("place", "pk")
    )
)


def history_of(person: Person) -> list[StageChange]:
    """All moves in order of time, with who made them and whose the person was then."""
    return _MOVES.rows(person=person.pk)


def moved_by(batches: Collection[UUID], *, person_ids: Collection[int]) -> set[int]:
    """Those of them to whom these imports gave a stage."""
    rows = StageChange.objects.filter(person__in=person_ids, batch__in=batches)
    return set(rows.values_list("person_id", flat=True))


def companies_moved_by(batches: Collection[UUID]) -> list[int]:
    """Where those work now of whom these batches told that they moved, also when they stand no
    longer."""
    told = FactRecord.objects.filter(batch__in=batches, name=LifecycleChanged.name)
    moved = Person.objects.filter(pk__in=told.values("person_id")).exclude(company=None)
    return list(moved.order_by().values_list("company_id", flat=True).distinct())


def stages_at(at: datetime, *, people: PersonQuerySet | None = None) -> dict[Stage, int]:
    """How many living people stood in each stage at that moment; stages of nobody say 0.

    ``people`` narrows it to those whom a user sees.
    """
    moves = StageChange.objects.filter(at__lte=at, is_overtaken=False, person__deleted_at=None)
    if people is not None:
        moves = moves.filter(person__in=people.values("pk"))
    later = StageChange.objects.filter(
        person=OuterRef("person"), at__lte=at, is_overtaken=False, place__gt=OuterRef("place")
    )
    latest = moves.filter(~Exists(later)).values("to_stage").annotate(count=Count("pk"))
    counts = dict(latest.values_list("to_stage", "count"))
    return {stage: counts.get(stage, 0) for stage in Stage}


def stages_on(day: date, *, people: PersonQuerySet | None = None) -> dict[Stage, int]:
    """The same at the end of that day in the organisation's zone."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=organisation_zone())
    return stages_at(midnight - timedelta(microseconds=1), people=people)


_CAUSES = Prepared(lambda ids: FactRecord.objects.standing().filter(pk__in=ids))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One person's lifecycle: the latest move into each stage, and what caused it in words."""

    stage: Stage
    latest: Mapping[Stage, StageChange]
    causes: Mapping[Stage, str]
    reached: Reached
    is_marketings: bool  # marketing qualifies them; whom sales found skips MQL and SAL


def standing_of(person: Person) -> Standing:
    """What the bar of stages draws; four queries and those of the entries, whatever the history."""
    moves = history_of(person)
    latest = {Stage(move.to_stage): move for move in moves}
    fact_ids = [move.fact_id for move in latest.values() if move.fact_id]
    titles = titles_of([row.as_fact() for row in _CAUSES.rows(ids=fact_ids)])
    return Standing(
        stage=Stage(person.stage),
        latest=latest,
        causes={stage: titles.get(move.fact_id or 0, "") for stage, move in latest.items()},
        reached=reached(latest, origin=person.origin),
        is_marketings=person.origin != "sales",
    )


def days_in_stage(person: Person, *, at: datetime) -> int:
    """Whole days since the person came to where they stand, in the reader's zone."""
    if person.stage_at is None:
        return 0
    return (timezone.localtime(at).date() - timezone.localtime(person.stage_at).date()).days
