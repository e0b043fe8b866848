"""What somebody's score is, and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from baton.core.prepared import Prepared
from baton.qualification.scoring.models import ScorePart
from baton.qualification.scoring.queries.books import counting_rules
from baton.qualification.scoring.queries.staff import staff_among
from baton.qualification.scoring.rules import (
    Figures,
    Kind,
    Part,
    figures,
    gained,
    gone_at,
    shown,
    worth,
)
from baton.records.people.models import Person

_PARTS = Prepared(
    lambda people, rules: ScorePart.objects.filter(person_id__in=people, rule__in=rules)
)
PartsByModel = dict[int, list[ScorePart]]


def all_parts_of(person_ids: Collection[int]) -> dict[int, PartsByModel]:
    """The parts that count, by person and by model, in the order of the rules. Staff has none."""
    rules = counting_rules()
    places = {pk: place for place, pk in enumerate(rules)}
    found: dict[int, PartsByModel] = {pk: {} for pk in person_ids}
    staff = staff_among(found)
    for part in _PARTS.rows(people=[pk for pk in found if pk not in staff], rules=list(rules)):
        part.rule = rules[part.rule_id]  # read once: thousands of people share a dozen
        found[part.person_id].setdefault(part.rule.model_id, []).append(part)
    for by_model in found.values():
        for parts in by_model.values():
            parts.sort(key=lambda part: places[part.rule_id])
    return found


def parts_of(person_ids: Collection[int]) -> dict[int, list[ScorePart]]:
    """Those of the main model, whose score people show."""
    found: dict[int, list[ScorePart]] = {}
    for person_id, by_model in all_parts_of(person_ids).items():
        mine = (parts for parts in by_model.values() if parts[0].rule.model.is_main)
        found[person_id] = next(mine, [])
    return found


def as_part(row: ScorePart) -> Part:
    """A row as the rules want it."""
    return Part(
        value=row.value,
        as_of=row.as_of,
        half_life_days=row.half_life_days,
        cap=row.rule.cap,
        expires_days=row.rule.expires_days,
        moments=tuple(row.moments or ()),
        points=row.rule.points,
    )


def as_parts(rows: Iterable[ScorePart], *, kind: Kind) -> list[Part]:
    """The rows of a kind as the rules want them."""
    return [as_part(row) for row in rows if row.rule.kind == kind]


def figures_from(rows: Collection[ScorePart], *, at: datetime) -> Figures:
    """The shown figures that these parts make at a moment."""
    return figures(
        fit=as_parts(rows, kind=Kind.FIT),
        engagement=as_parts(rows, kind=Kind.ENGAGEMENT),
        at=at,
    )


def score_of(person: Person, at: datetime) -> Figures:
    """Fit, engagement and their sum at a moment, in whole points."""
    return figures_from(parts_of([person.pk])[person.pk], at=at)


@dataclass(frozen=True, kw_only=True)
class ExplainedPart:
    """One line of an explanation. ``when``: of the latest fact, or since when somebody fits.

    ``points`` are as of then, within the cap; ``today`` is what is left, if that was
    asked, ``gone_at`` until when.
    """

    kind: str  # rules.Kind
    points: int
    words: str
    when: datetime | None
    count: int = 1
    today: int | None = None
    gone_at: datetime | None = None
    cap: int | None = None  # where it holds points back


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a score is what it is: the signed points of the parts and of ``faded`` add up to it."""

    figures: Figures
    parts: tuple[ExplainedPart, ...]
    faded: int  # what time has taken since: below 0, unless minus points have faded more


def explain(person: Person, at: datetime) -> Explanation:
    """The score in signed points, the heaviest first; what has faded is a sum of its own."""
    return explain_parts(parts_of([person.pk])[person.pk], at=at)


def explain_parts(rows: Collection[ScorePart], *, at: datetime) -> Explanation:
    """The same for parts at hand."""
    total = figures_from(rows, at=at)
    lines = [line_of(row, at=at) for row in rows]
    lines.sort(key=lambda line: (-abs(line.points), line.points < 0))
    return Explanation(
        figures=total,
        parts=tuple(lines),
        faded=total.score - sum(line.points for line in lines),
    )


def line_of(row: ScorePart, *, at: datetime) -> ExplainedPart:
    """What one rule gives, as of then and today."""
    rule, part = row.rule, as_part(row)
    points = gained(points=rule.points, count=row.count, cap=rule.cap)
    return ExplainedPart(
        kind=rule.kind,
        points=points,
        words=rule.name,
        when=row.as_of,
        count=row.count,
        today=shown(worth(part, at=at)),
        gone_at=gone_at(part, at=at),
        cap=rule.cap if points != rule.points * row.count else None,
    )
