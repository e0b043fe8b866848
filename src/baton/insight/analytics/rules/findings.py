"""What a report says in one sentence: which step, which reason, which group stands out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.insight.analytics.rules.figures import ratio
from baton.insight.analytics.rules.rows import PAIRS, Reason, Row

ENOUGH = 5  # people in a step before its share is worth a sentence
A_WAIT = 0.5  # days


@dataclass(frozen=True)
class Step:
    """From one stage to the next, with a share or a number of days."""

    pair: str
    figure: float

    @property
    def end(self) -> str:
        return self.pair.partition(">")[2]

    @property
    def start(self) -> str:
        return self.pair.partition(">")[0]


@dataclass(frozen=True)
class Shift:
    """How the share that goes on changed against the period before."""

    pair: str
    now: float
    before: float


def weakest_step(row: Row) -> Step | None:
    """Where the smallest share goes on, among steps that enough people reached."""
    shares = [
        Step(f"{a}>{b}", share)
        for a, b in PAIRS
        if row.reached(a) >= ENOUGH and (share := row.conversion[f"{a}>{b}"]) is not None
    ]
    return min(shares, key=lambda step: step.figure, default=None)


def slowest_step(row: Row) -> Step | None:
    """Before which stage people wait longest, by the median; None while none waits long."""
    waits = [
        Step(f"{a}>{b}", days)
        for a, b in PAIRS
        if (days := row.median_days.get(f"{a}>{b}") or 0) >= A_WAIT
    ]
    return max(waits, key=lambda step: step.figure, default=None)


def largest_shift(row: Row, before: Row) -> Shift | None:
    """The step whose share changed most, either way; None while too few have come so far."""
    shifts = [
        Shift(pair, now, was)
        for a, b in PAIRS
        if min(row.reached(a), before.reached(a)) >= ENOUGH
        if (now := row.conversion[pair := f"{a}>{b}"]) is not None
        and (was := before.conversion[pair]) is not None
    ]
    return max(shifts, key=lambda shift: abs(shift.now - shift.before), default=None)


def first_reason(row: Row) -> tuple[Reason, float] | None:
    """What sales said most often, and its share of all it said."""
    if not row.reasons:
        return None
    first = row.reasons[0]
    return first, ratio(first.count, row.refusals) or 0.0


def most_of(reason: Reason, rows: Iterable[Row]) -> tuple[Row, int] | None:
    """The group that this reason was said of most often; None where one group has all or a tie."""
    counts = [
        (row, one.count)
        for row in rows
        for one in row.reasons
        if (one.reason, one.kind) == (reason.reason, reason.kind)
    ]
    ranked = sorted(counts, key=lambda found: -found[1])
    if len(ranked) < 2 or ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0]


def largest_share(amounts: Mapping[str, Decimal]) -> tuple[str, float] | None:
    """Which name has most of the sum, and its share; None while there is no sum."""
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return None
    name = max(amounts, key=lambda name: amounts[name])
    return name, float(amounts[name] / total)
