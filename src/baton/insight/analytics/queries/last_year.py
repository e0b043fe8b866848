"""What an import of leads with activities says of the old system: who was answered how soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from baton.core.access.models import User
from baton.core.facts import Origin
from baton.core.facts.models import FactRecord
from baton.core.limits import hidden
from baton.insight.analytics.queries.asking import READ, VISIBLE_IN_LAKE, Question
from baton.insight.analytics.queries.in_lake import run_in_lake
from baton.insight.analytics.queries.worked import (
    ARRIVALS,
    AXES,
    BESIDE,
    CHANGED,
    CHOSEN,
    CREATED,
    LAST_YEAR_FIGURES,
    NOT_SEEN,
    PARTS,
)
from baton.insight.analytics.rules import CENT, cost_each, money_of
from baton.insight.analytics.rules.last_year import (
    BEFORE,
    NEVER,
    SLOTS,
    Answered,
    Gap,
    costed,
    gaps_of,
    in_bands,
)
from baton.insight.lake.queries import Relation, Row
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.qualification.handoff.rules import STEPS

YEAR = timedelta(days=365)
IN_ORDER = (*SLOTS, BEFORE, NEVER)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An import that brought people."""

    batch: UUID
    at: datetime
    count: int  # people


def arrivals() -> list[Arrival]:
    """The imports that brought people, the latest first."""
    found = (
        FactRecord.objects.standing()
        .filter(name=CREATED, origin=Origin.IMPORT, batch__isnull=False)
        .order_by()
        .values("batch")
        .annotate(at=Min("recorded_at"), count=Count("pk"))
        .order_by("-at")
    )
    return [
        Arrival(batch=row["batch"], at=row["at"], count=row["count"])
        for row in found
        if row["batch"]
    ]


@dataclass(frozen=True, kw_only=True)
class LastYearQuestion:
    """Leads who came in the period, of an import (``batch``) or of everybody.

    Without days it is about the 365 days up to the newest lead. ``user`` None asks for all.
    """

    batch: UUID | None = None
    from_on: date | None = None
    to_on: date | None = None
    user: User | None = None
    undated: int = 0  # leads whose day nobody knows; found with the period
    is_whole: bool = False  # the period and they were looked up

    @cached_property
    def asked(self) -> Question:
        """The same as the closed loop takes it."""
        return Question(from_on=self.from_on, to_on=self.to_on, user=self.user, from_lake=True)

    def with_days(self) -> "LastYearQuestion":
        """With the period that is meant, and how many leads have no day."""
        if self.is_whole:
            return self
        chosen = f"people.{CHOSEN}" if self.batch else "1 = 1"
        [[found]] = self.answers("newest_lead", parts={"is_chosen": chosen})
        to_on = self.to_on or found["newest_on"]
        from_on = self.from_on or (to_on - YEAR + timedelta(days=1) if to_on else None)
        undated = found["undated"]
        return replace(self, from_on=from_on, to_on=to_on, undated=undated, is_whole=True)

    def answers(
        self, *names: str, parts: Mapping[str, str] | None = None, **values: Any
    ) -> list[list[Row]]:
        """The rows of these files, of one moment."""
        chosen = f" AND {CHOSEN}" if self.batch else ""
        known = {
            **self.asked.terms()["fragments"],
            **VISIBLE_IN_LAKE,
            **PARTS,
            "visible": f"SELECT {', '.join(READ)} FROM people WHERE {NOT_SEEN}{chosen}",  # noqa: S608 -- our own names
        }
        days = {"from_on": self.from_on, "to_on": self.to_on, "batch": self.batch}
        return run_in_lake(
            names,
            values=self.asked.period() | days | {"zone": self.asked.zone.key} | values,
            parts=known | dict(parts or {}),
            user=self.user,
            beside=self._beside(),
        )

    def _beside(self) -> dict[str, Relation]:
        """Who came by these imports, who they are now, and what was done."""
        rows = FactRecord.objects.standing().filter(origin=Origin.IMPORT)
        names = (CREATED, CHANGED) if self.batch else (CREATED,)
        told = rows.filter(name__in=names).order_by()
        chosen = told.filter(batch=self.batch) if self.batch else told
        return {**BESIDE, "arrivals": Relation(lambda _eyes: chosen, ARRIVALS, {}, {})}

    @property
    def knows_costs(self) -> bool:
        """Cost is never of some of the people, and not for who may not see campaigns."""
        return self.asked.sees_all and (self.user is None or self.user.may(VIEW_CAMPAIGNS))


@dataclass(frozen=True)
class LastYear:
    """The answer; ``reached`` counts marketing's leads by step, for the goal's arithmetic."""

    question: LastYearQuestion
    total: Answered = field(default_factory=lambda: Answered(group=""))
    sources: list[Answered] = field(default_factory=list)
    reps: list[Answered] = field(default_factory=list)
    slots: list[Answered] = field(default_factory=list)
    is_hourly: bool = False
    reached: tuple[int, ...] = (0,) * len(STEPS)
    gaps: list[Gap] = field(default_factory=list)

    @cached_property
    def bands(self) -> list[Answered]:
        return in_bands(self.slots)

    def rows(self, by: str) -> list[Answered]:
        """The groups of that kind."""
        return {"source": self.sources, "rep": self.reps, "speed": self.bands}[by]


def last_year(question: LastYearQuestion) -> LastYear:
    """One read of the lake for the period, where none is given, and one for all figures."""
    question = question.with_days()
    if question.from_on is None:
        return LastYear(question, gaps=[Gap.NO_DATES] if question.undated else [])
    names = ["last_year", "last_year_steps"]
    found, steps, *costs = question.answers(*names, *["cost_of_leads"] * question.knows_costs)
    by_axis: dict[str, list[Answered]] = {"source": [], "rep": [], "slot": [], "total": []}
    for one in found:
        by_axis[one["axis"]].append(_row(one))
    [total] = by_axis["total"]
    _add_costs(by_axis["source"], costs[0] if costs else [])
    total.cost, total.is_costed = costed(by_axis["source"])
    _name(by_axis["rep"])
    is_hourly = any(one["is_hourly"] for one in found)
    people = {one["step"]: one["people"] for one in steps}
    return LastYear(
        question,
        total=total,
        sources=sorted(by_axis["source"], key=_most_first),
        reps=[] if "owner" in hidden("person") else sorted(by_axis["rep"], key=_most_first),
        slots=sorted(by_axis["slot"], key=lambda row: IN_ORDER.index(row.group)),
        is_hourly=is_hourly,
        reached=tuple(people.get(step, 0) for step in STEPS),
        gaps=gaps_of(
            total,
            is_hourly=is_hourly,
            undated=question.undated,
            knows_costs=bool(costs[0]) if costs else None,
        ),
    )


def _most_first(row: Answered) -> tuple[int, str]:
    return -row.leads, row.label


def people_of_last_year(
    question: LastYearQuestion, *, figure: str, by: str = "source", group: str | None = None
) -> list[int]:
    """The ids of the leads whom a figure counts; of a group, or (None) of all."""
    question = question.with_days()
    if question.from_on is None:
        return []
    [found] = question.answers(
        "behind_last_year",
        parts={"axis": AXES[by], "figure": LAST_YEAR_FIGURES[figure]},
        is_whole=int(group is None),
        grp=group or "",
    )
    return [row["person_id"] for row in found]


def _row(found: Row) -> Answered:
    counts = ("leads", "untouched", "timed", "won", "lost", "priced", "owned", "sourced", "deals")
    row = Answered(group=found["grp"], label=found["grp"], group_key=found["grp"])
    for name in counts:
        setattr(row, name, found[name])
    row.median_days, row.slow_days = found["median_days"], found["slow_days"]
    row.revenue = money_of(found["revenue"])
    return row


def _add_costs(sources: Sequence[Answered], costs: Sequence[Row]) -> None:
    """What a lead of the source cost, and so those whom nobody turned to."""
    known = {row["grp"]: row for row in costs}
    for row in sources:
        found = known.get(row.group)
        cost = money_of(found["cost"]) if found else None
        if found is None or cost is None:
            continue
        row.cost_of_lead = cost_each(cost, found["leads"])
        row.cost = (cost * row.untouched / found["leads"]).quantize(CENT)
        row.is_costed = row.untouched


def _name(reps: Sequence[Answered]) -> None:
    """Words for owners; ``group_key`` names one in addresses."""
    ids = [int(row.group) for row in reps if row.group]
    known = {str(one.pk): one for one in User._base_manager.filter(pk__in=ids)} if ids else {}
    for row in reps:
        if row.group in known:
            row.label, row.group_key = known[row.group].name, str(known[row.group].key)
