"""Smooth weighted round robin: over any whole number of rounds each gets exactly their weight."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One who takes turns. ``credit``: how far behind (above 0) their share they are."""

    user_id: int
    weight: int
    credit: float


def take_turn(turns: Sequence[Turn]) -> tuple[int, Mapping[int, float]]:
    """Whose turn it is among these, and the credits afterwards.

    Everybody gains their weight; the richest is chosen and pays what all gained. So the sum never
    changes, nobody is starved, and heavy members are spread between the light ones.
    """
    gained = {turn.user_id: turn.credit + turn.weight for turn in turns}
    chosen = max(turns, key=lambda turn: (gained[turn.user_id], -turn.user_id)).user_id
    gained[chosen] -= sum(turn.weight for turn in turns)
    return chosen, gained


def starting_credit(of_others: Iterable[float]) -> float:
    """For a newcomer, or one back from leave: the mean of the others, so that nobody is flooded."""
    others = list(of_others)
    return sum(others) / len(others) if others else 0.0
