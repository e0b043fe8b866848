"""The company's own outcomes: who was handed to sales when, and what came of it in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet

from baton.core.prepared import Prepared
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import ORDER, Stage, rank
from baton.qualification.scoring.models import Foresight, ForesightQuerySet, Foretold
from baton.qualification.scoring.queries.moments import known_at
from baton.qualification.scoring.rules.foretelling import Proposal, plain, proposal_of
from baton.qualification.scoring.slots import untold_outcomes

MOST = 20_000  # handoffs, the latest
BITE = 500
NUMBERS = frozenset(
    {"score", "fit", "engagement", "visits", "pages", "forms", "activities", "channels"}
    | {"known_days", "visit_days", "employee_count"}
)


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """``rows`` of what was known at each handoff; ``late``: how many had a field filled later."""

    moments: Sequence[datetime]
    won: Sequence[bool]
    rows: Sequence[dict[str, Any]] = field(repr=False)
    late: dict[str, int]
    untold: int = 0  # left out: it is not known whether they would have

    def columns(self) -> list[dict[str, Any]]:
        """As the process that learns wants them: numbers and texts, nothing else."""
        names = sorted({name for row in self.rows for name in row})
        return [self._column(name) for name in names]

    def _column(self, name: str) -> dict[str, Any]:
        values = [plain(row.get(name)) for row in self.rows]
        said = [one for one in values if one is not None]
        is_number = name in NUMBERS or (said and all(isinstance(one, float) for one in said))
        if not is_number:
            values = [None if one is None else str(one) for one in values]
        return {"name": name, "kind": "number" if is_number else "choice", "values": values}


def handoffs_until(at: datetime, *, since: datetime | None = None) -> list[tuple[int, datetime]]:
    """Person and moment of the first time that each became an MQL, earliest first; the latest of
    very many."""
    rows = _made_mql(at).values("person_id").annotate(made=Min("at"))
    if since is not None:
        rows = rows.filter(made__gte=since)
    latest = rows.order_by("-made", "-person_id").values_list("person_id", "made")[:MOST]
    return [*reversed(latest)]


def _made_mql(at: datetime) -> QuerySet[StageChange]:
    """Each time that somebody who lives became an MQL."""
    return StageChange.objects.filter(
        to_stage=Stage.MQL, is_back=False, at__lte=at, person__deleted_at=None
    ).order_by()


def outcomes_until(*, goal: str, days: int, at: datetime) -> Outcomes:
    """Of handoffs that are at least so many days old: whether they reached the goal in time."""
    allowed, reached = timedelta(days=days), _reached(goal)
    all_handed = [
        (pk, made, any(made < then <= made + allowed for then in reached.get(pk, ())))
        for pk, made in handoffs_until(at - allowed)
    ]
    untold = {pk for told in untold_outcomes for pk in told()}
    handed = [one for one in all_handed if one[2] or one[0] not in untold]
    rows: list[dict[str, Any]] = []
    late: dict[str, int] = {}
    for bite in bites([(pk, made) for pk, made, _won in handed]):
        known = known_at(dict(bite))
        rows += [dict(known.values[pk]) for pk, _made in bite]
        for name, people in known.late.items():
            late[name] = late.get(name, 0) + len(people)
    return Outcomes(
        moments=[made for _pk, made, _won in handed],
        won=[won for _pk, _made, won in handed],
        rows=rows,
        late=late,
        untold=len(all_handed) - len(handed),
    )


def outcome_count(*, days: int, at: datetime) -> int:
    """How many handoffs are old enough by now, however many teach."""
    return _made_mql(at - timedelta(days=days)).values("person_id").distinct().count()


def why_anew(foresight: Foresight, *, at: datetime) -> Proposal | None:
    """Whether it is time to learn anew, and why."""
    return proposal_of(
        drift=foresight.drift,
        figures=foresight.figures,
        outcomes=outcome_count(days=foresight.days, at=at),
    )


def _reached(goal: str) -> dict[int, list[datetime]]:
    """By person, when they came to the goal or beyond."""
    stages = [stage for stage in ORDER if rank(stage) >= rank(goal)]
    found: dict[int, list[datetime]] = {}
    rows = StageChange.objects.filter(to_stage__in=stages, is_back=False)
    for person_id, then in rows.values_list("person_id", "at"):
        found.setdefault(person_id, []).append(then)
    return found


def bites(rows: Sequence[tuple[int, datetime]]) -> Iterator[Sequence[tuple[int, datetime]]]:
    yield from (rows[at : at + BITE] for at in range(0, len(rows), BITE))


def used_foresight() -> Foresight | None:
    return Foresight.objects.filter(is_used=True).first()


def versions() -> ForesightQuerySet:
    """What was ever learned, the latest first."""
    return Foresight.objects.select_related("by").order_by("-asked_at", "-pk")


_FORETOLD = Prepared(
    lambda person_id: (
        Foretold.objects.filter(person=person_id, foresight__is_used=True)
        .select_related("foresight")
        .only("person", "chance", "reasons", "at", "foresight__goal", "foresight__days")
    )
)


def foretold_of(person_id: int) -> Foretold | None:
    """What the foresight in use says of somebody."""
    return next(iter(_FORETOLD.rows(person_id=person_id)), None)
