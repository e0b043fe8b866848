"""What a goal takes, by how many of marketing's MQLs went on before."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Case, IntegerField, Max, QuerySet, Value, When

from baton.qualification.handoff.rules import (
    STEPS,
    Goal,
    Proposal,
    likely_mqls,
    propose,
    step_rates,
)
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import ORDER, rank
from baton.records.people.models import found_by_sales

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Takes:
    """A goal, the measured rates (None = unknown), and what is proposed from them."""

    goal: Goal
    rates: tuple[Fraction | None, ...]
    reached: tuple[int, ...]  # of the last year's MQLs, how many came to each of STEPS
    proposal: Proposal | None
    likely: tuple[int, int] | None = None  # MQLs a month, between which with 80 %

    @property
    def mql_count(self) -> int:
        """Behind the first rate."""
        return self.reached[0]


def what_it_takes(goal: Goal, *, at: datetime) -> Takes:
    """From the MQLs of the last year; those who are still on their way have not gone on yet."""
    reached = _reached(since=at - YEAR, until=at)
    rates = step_rates(reached)
    proposal = propose(goal, rates=rates)
    return Takes(
        goal=goal,
        rates=rates,
        reached=reached,
        proposal=proposal,
        likely=likely_mqls(goal, customers=reached[-1], of=reached[0]) if proposal else None,
    )


def people_who_reached(step: str, *, at: datetime) -> QuerySet[Any, Any]:
    """Ids of the last year's MQLs who ever came to this step, or to one behind it."""
    further = [stage for stage in ORDER if rank(stage) >= rank(step)]
    went = StageChange.objects.filter(is_back=False, to_stage__in=further)
    return went.filter(person__in=_cohort(since=at - YEAR, until=at)).values("person")


def _cohort(*, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    """Who became an MQL in this time, and was not found by sales."""
    forward = StageChange.objects.filter(is_back=False)
    entered = forward.filter(to_stage="mql", at__gte=since, at__lt=until)
    return entered.exclude(found_by_sales()).values("person")


def _reached(*, since: datetime, until: datetime) -> tuple[int, ...]:
    """Of those who became MQLs in this time, how many ever reached each step, or one behind it."""
    forward = StageChange.objects.filter(is_back=False)
    cohort = _cohort(since=since, until=until)
    place = Case(
        *(When(to_stage=stage, then=Value(rank(stage))) for stage in ORDER),
        default=Value(-1),
        output_field=IntegerField(),
    )
    furthest = forward.filter(person__in=cohort).order_by().values("person")
    tops = Counter(furthest.annotate(top=Max(place)).values_list("top", flat=True))
    return tuple(sum(n for top, n in tops.items() if top >= rank(step)) for step in STEPS)
