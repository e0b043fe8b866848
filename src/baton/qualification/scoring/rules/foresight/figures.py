"""How good chances were, once it is known what came of it. Plain Python: screens count, too."""

from collections.abc import Sequence
from dataclasses import dataclass

PARTS = 10


@dataclass(frozen=True)
class Part:
    """One tenth of the people, or one range of chances: what was expected, and what came."""

    count: int
    expected: float
    observed: float


def area_under_curve(chances: Sequence[float], won: Sequence[bool]) -> float:
    """How often a positive stands above a negative; ties count half."""
    order = sorted(range(len(won)), key=lambda at: chances[at])
    yes = sum(won)
    no = len(won) - yes
    ranks, at = 0.0, 0
    while at < len(order):
        end = at
        while end < len(order) and chances[order[end]] == chances[order[at]]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(won[one] for one in order[at:end])
        at = end
    return (ranks - yes * (yes + 1) / 2) / (yes * no) if yes and no else 0.5


def brier_of(chances: Sequence[float], won: Sequence[bool]) -> float:
    return sum((p - y) ** 2 for p, y in zip(chances, won, strict=True)) / len(won)


def lift_of_best(chances: Sequence[float], won: Sequence[bool]) -> float:
    """How many times more often the best tenth won than all did."""
    overall = sum(won) / len(won)
    return by_tenths(chances, won)[0].observed / overall if overall else 0.0


def by_tenths(chances: Sequence[float], won: Sequence[bool]) -> list[Part]:
    """Best first, ten parts of equal size; who ties counts in part: the order of the file is no
    luck."""
    order = sorted(range(len(won)), key=lambda at: (-chances[at], at))
    shares = _shared(chances, won)
    return [
        _part([order[at] for at in range(*_bounds(part, len(order)))], chances, shares)
        for part in range(PARTS)
        if _bounds(part, len(order))[0] < _bounds(part, len(order))[1]
    ]


def _shared(chances: Sequence[float], won: Sequence[bool]) -> list[float]:
    """Whoever has the same chance has the same share of what they won together."""
    alike: dict[float, list[bool]] = {}
    for chance, is_won in zip(chances, won, strict=True):
        alike.setdefault(chance, []).append(is_won)
    share = {chance: sum(wins) / len(wins) for chance, wins in alike.items()}
    return [share[chance] for chance in chances]


def _bounds(part: int, count: int) -> tuple[int, int]:
    return part * count // PARTS, (part + 1) * count // PARTS


def calibration_of(chances: Sequence[float], won: Sequence[bool]) -> list[Part]:
    """By ranges of ten percent: of whom thirty percent was said, did thirty percent win?"""
    ranges: dict[int, list[int]] = {}
    for at, chance in enumerate(chances):
        ranges.setdefault(min(PARTS - 1, int(chance * PARTS)), []).append(at)
    return [_part(rows, chances, won) for _, rows in sorted(ranges.items())]


def _part(rows: Sequence[int], chances: Sequence[float], won: Sequence[float]) -> Part:
    return Part(
        count=len(rows),
        expected=sum(chances[at] for at in rows) / len(rows),
        observed=sum(won[at] for at in rows) / len(rows),
    )
