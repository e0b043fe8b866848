"""When fading points will have fallen below a goal. In days and plain numbers: a scoring of
thousands asks for each of them."""

import math
from collections.abc import Sequence
from typing import NamedTuple

HORIZON = 3660  # days; what fades more slowly than that is left to the next fact
STEPS = 1 << 23  # of the horizon: each is shorter than a minute
STEP = HORIZON / STEPS
ROUNDS = 5  # of the guess; for points that fade alike the first is right


class Curve(NamedTuple):
    """Points that halve every half-life, of which no more than the cap count."""

    value: float
    age: float  # days since they were as many; below 0: they will be, and fade from then on
    half_life: int
    cap: float


def left(curves: Sequence[Curve], days: float) -> float:
    """How many will count in so many days."""
    total = 0.0
    for value, age, half_life, cap in curves:
        passed = age + days
        now = value * math.pow(0.5, passed / half_life) if passed > 0 else value
        total += now if now < cap else cap
    return total


def first_below(curves: Sequence[Curve], goal: float) -> float | None:
    """In how many days less than that is left, to the step; it stays so. None: not by the end."""
    if left(curves, HORIZON) >= goal:
        return None
    before, until = 0, STEPS
    guess = _guess(curves, goal)
    for place in (guess - 1, guess):  # nearly always it lies between these
        if before < place < until:
            before, until = _narrowed(curves, goal, place, before, until)
    while until - before > 1:
        before, until = _narrowed(curves, goal, (before + until) // 2, before, until)
    return until * STEP


def _narrowed(
    curves: Sequence[Curve], goal: float, place: int, before: int, until: int
) -> tuple[int, int]:
    return (before, place) if left(curves, place * STEP) < goal else (place, until)


def _guess(curves: Sequence[Curve], goal: float) -> int:
    """The likely step, by Newton's way on the logarithm, which of one curve is a straight line."""
    days = 0.0
    for _round in range(ROUNDS):
        total = fall = 0.0
        for value, age, half_life, cap in curves:
            now = value * 0.5 ** (max(0.0, age + days) / half_life)
            total += min(cap, now)
            fall += now / half_life if now < cap else 0.0
        if not fall or total <= goal:
            break
        onward = math.log2(total / goal) * total / fall
        days = min(days + onward, HORIZON)
        if onward < STEP:
            break
    return math.ceil(days / STEP)
