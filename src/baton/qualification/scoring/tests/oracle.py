"""Scores by a naive evaluator: every point that was ever given is looked at by itself. It shares no
line with the rules, the fold and the replay that tests hold against it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = 86_400.0
NEAR_HALF = 1e-6  # where the order of a sum decides how it is rounded


@dataclass(frozen=True, kw_only=True)
class Rule:
    points: int
    half_life: int | None = None  # days
    expires: int | None = None
    cap: int | None = None


@dataclass(frozen=True)
class Deed:
    """Somebody did, at a moment, what a rule gives points for."""

    at: datetime
    rule: int


@dataclass(frozen=True, kw_only=True)
class Lifted:
    """By the naive replay: score at the start, the highest after a deed, and when it passed."""

    start: int
    peak: int
    passed_at: datetime | None


def points_at(rules: Sequence[Rule], deeds: Sequence[Deed], at: datetime) -> float:
    """The unrounded sum of what they did until then, each rule within its cap."""
    total = 0.0
    for place, rule in enumerate(rules):
        worth = math.fsum(
            _left(rule, at - deed.at) for deed in deeds if deed.rule == place and deed.at <= at
        )
        total += worth if rule.cap is None else max(-rule.cap, min(rule.cap, worth))
    return total


def _left(rule: Rule, passed: timedelta) -> float:
    days = passed.total_seconds() / DAY
    if rule.expires is not None:
        return rule.points if days < rule.expires else 0
    if rule.half_life is not None:
        return rule.points * math.exp2(-days / rule.half_life)
    return rule.points


def rounded(points: float) -> int:
    return math.floor(points + 0.5)


def is_on_the_edge(points: float) -> bool:
    """So near a half that the last bit decides: nothing is compared there."""
    return abs((points + 0.5) - round(points + 0.5)) < NEAR_HALF


def replayed(
    rules: Sequence[Rule],
    deeds: Sequence[Deed],
    *,
    fit: int,
    since: datetime,
    threshold: int,
) -> Lifted:
    """Look at the score after each moment at which something good was done."""
    start = fit + rounded(points_at(rules, deeds, since))
    peak, passed_at = start, None
    ordered = sorted(deeds, key=lambda deed: deed.at)
    for number, deed in enumerate(ordered):
        if deed.at <= since or rules[deed.rule].points <= 0:
            continue
        score = fit + rounded(points_at(rules, ordered[: number + 1], deed.at))
        peak = max(peak, score)
        if passed_at is None and start < threshold <= score:
            passed_at = deed.at
    return Lifted(start=start, peak=peak, passed_at=passed_at)


def account_points(scores: Sequence[int], *, how: str, top: int, cap: int | None) -> int:
    """What a company's people give it: who is below 0 takes nothing away."""
    good = sorted((score for score in scores if score > 0), reverse=True)
    total = {"": 0, "best": sum(good[:1]), "top": sum(good[:top]), "sum": sum(good)}[how]
    return total if cap is None else min(total, cap)
