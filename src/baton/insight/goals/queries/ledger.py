"""What figures came to, day by day and by owner: read once a figure, however many goals ask."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value

from baton.core.settings.queries import organisation_zone
from baton.core.sqlite.days import LocalDay
from baton.insight.analytics.queries.day import cost_between
from baton.insight.goals.queries.counted import Part, Rows
from baton.insight.goals.queries.figures import FIGURES, Figure
from baton.insight.goals.rules import Span
from baton.insight.lake.queries import Row, kept_answers
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.spans import spans_of
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import BOUGHT
from baton.records.people.models import in_trash

Owners = frozenset[int] | None
MINUTE = timedelta(minutes=1)
OF_MARKETING = (
    "CASE WHEN COALESCE(channel, '') <> '' OR campaign IS NOT NULL THEN 'marketing' ELSE 'all' END"
)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Rows of one part: how many, how many of them hit, and their known amounts."""

    count: int = 0
    hits: int = 0
    amount: Decimal = Decimal(0)
    unknown: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            count=self.count + other.count,
            hits=self.hits + other.hits,
            amount=self.amount + other.amount,
            unknown=self.unknown + other.unknown,
        )


NOTHING = Sums()


@dataclass(frozen=True)
class Entry:
    on: date
    owner_id: int | None
    sums: Sums


def moment_of(day: date) -> datetime:
    """Where that day begins, in the organisation's zone."""
    return datetime.combine(day, time(), tzinfo=organisation_zone())


def within(moment: str, span: Span) -> Q:
    """Rows of these days."""
    until = moment_of(span.last + timedelta(days=1))
    return Q(**{f"{moment}__gte": moment_of(span.first), f"{moment}__lt": until})


def day_of(part: Part, span: Span) -> LocalDay:
    """The organisation's day of each of those rows."""
    first, last = moment_of(span.first), moment_of(span.last + timedelta(days=1))
    return LocalDay(part.moment, first=first, last=last, zone=organisation_zone())


def rows_of(part: Part, span: Span, owners: Owners) -> Rows:
    """The very rows that a figure counts in these days."""
    rows = part.rows().filter(within(part.moment, span))
    if owners is None:
        return rows
    return rows.filter(**{f"{part.owner}__in": owners}) if part.owner else rows.none()


class Ledger:
    """All days from ``span``'s first to its last, for whatever figures are asked of it."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self._parts: dict[str, list[Entry]] = {}
        self._costs: dict[Span, dict[str, Decimal]] = {}
        self._speeds: dict[Span, list[tuple[int | None, float]]] = {}
        self._kept: dict[Span, tuple[int, int]] = {}

    def entries(self, figure: Figure, part: Part) -> list[Entry]:
        key = _name_of(figure, part)
        if key not in self._parts:
            asked = ("ledger", key, self.span, organisation_zone().key)
            [rows] = kept_answers(asked, lambda: [list(self._read(part))])
            self._parts[key] = [_entry(row, part) for row in rows]
        return self._parts[key]

    def _read(self, part: Part) -> Iterator[Row]:
        """One row a day and owner."""
        rows = rows_of(part, self.span, None)
        found = rows.annotate(on=day_of(part, self.span)).order_by().values("on", *_named(part))
        counts: dict[str, Any] = {"count": Count("pk")}
        counts["hits"] = Count("pk", filter=part.hit()) if part.hit else Value(0)
        if part.amount:
            counts["sum"] = Sum(part.amount)
            counts["unknown"] = Count("pk", filter=Q(**{part.amount: None}))
        yield from found.annotate(**counts)

    def total(self, figure: Figure, span: Span, owners: Owners) -> Sums:
        """Of all parts of the figure in these days."""
        total = NOTHING
        for sums in self.days(figure, span, owners).values():
            total += sums
        return total

    def days(self, figure: Figure, span: Span, owners: Owners) -> dict[date, Sums]:
        found: dict[date, Sums] = defaultdict(Sums)
        for part in figure.parts:
            if owners is not None and not part.owner:
                continue
            for one in self.entries(figure, part):
                if span.holds(one.on) and (owners is None or one.owner_id in owners):
                    found[one.on] += one.sums
        return found

    def cost(self, span: Span, *, of: str) -> Decimal | None:
        """What is known to have been spent: by marketing alone, or in all. None: nothing is."""
        if span not in self._costs:
            self._costs[span] = cost_between(span.first, span.last, group=OF_MARKETING)
        found = self._costs[span]
        known = found.values() if of == "all" else [found[of]] if of in found else []
        return sum(known, Decimal(0)) if known else None

    def speeds(self, span: Span, owners: Owners) -> list[float]:
        """Working minutes from offer to first response, of the latest MQLs of these days."""
        if span not in self._speeds:
            self._speeds[span] = list(_speeds(span))
        return [one for owner, one in self._speeds[span] if owners is None or owner in owners]

    def kept(self, span: Span) -> tuple[int, int]:
        """Customers as these days began: how many still were at their end, and how many in all."""
        if span not in self._kept:
            asked = ("customers kept", span, organisation_zone().key)
            [[row]] = kept_answers(asked, lambda: [[_of_customers(span)]])
            self._kept[span] = row["kept"], row["of"]
        return self._kept[span]


def _name_of(figure: Figure, part: Part) -> str:
    """By the first figure that counts these rows: what several are made of is read once."""
    first = next((one for one in FIGURES.values() if part in one.parts), figure)
    return f"{first.name}.{part.name}"


def _entry(row: Row, part: Part) -> Entry:
    sums = Sums(
        count=row["count"],
        hits=row["hits"],
        amount=row.get("sum") or Decimal(0),
        unknown=row.get("unknown", 0),
    )
    return Entry(row["on"], row.get(part.owner) if part.owner else None, sums)


def _named(part: Part) -> Iterable[str]:
    return [part.owner] if part.owner else []


def _speeds(span: Span) -> Iterator[tuple[int | None, float]]:
    made = Handoff.objects.filter(within("made_at", span)).of_marketing()
    for took in spans_of(made):
        if took.response is not None:
            yield took.handoff.rep_id, (took.answer + took.response) / MINUTE


def stood_as_customers(at: datetime) -> QuerySet[StageChange]:
    """The moves by which people were customers at that moment."""
    moves = StageChange.objects.filter(at__lt=at, is_overtaken=False).exclude(in_trash())
    later = StageChange.objects.filter(
        person=OuterRef("person"), at__lt=at, is_overtaken=False, place__gt=OuterRef("place")
    )
    return moves.filter(~Exists(later), to_stage__in=BOUGHT)


def _of_customers(span: Span) -> Row:
    kept, of = kept_customers(span)
    return {"kept": kept, "of": of}


def kept_customers(span: Span) -> tuple[int, int]:
    """Of those who were customers as these days began, how many still were at their end."""
    began, ended = moment_of(span.first), moment_of(span.last + timedelta(days=1))
    before = stood_as_customers(began)
    kept = before.filter(person__in=stood_as_customers(ended).values("person"))
    return kept.count(), before.count()
