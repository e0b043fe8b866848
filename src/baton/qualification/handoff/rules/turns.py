"""Weighted turns: at every moment each is less than one turn away from their share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One who takes turns. ``credit``: how many turns they are behind their share (above 0).

    In turns, not in weights: so what somebody is owed stays what it is when others join or leave.
    """

    user_id: int
    weight: int
    credit: float


def take_turn(turns: Sequence[Turn]) -> tuple[int, Mapping[int, float]]:
    """Whose turn it is among these, and the credits afterwards.

    Everybody gains their share of a turn; who is chosen pays one, so the sum never changes. To
    choose the richest would let some wait for more than a turn. Of those who are owed enough it is
    the one whose turn would be overdue the soonest (Tijdeman 1980, the chairman assignment).
    """
    whole = sum(turn.weight for turn in turns)
    gained = {turn.user_id: turn.credit + turn.weight / whole for turn in turns}
    # Only differences count: others may have left with what they were owed.
    shift = (sum(gained.values()) - 1) / len(turns)
    slack = 1 / (2 * len(turns) - 2) if len(turns) > 1 else 0.0
    owed = [turn for turn in turns if gained[turn.user_id] - shift >= slack - _TINY]

    def overdue_in(turn: Turn) -> tuple[float, int]:
        left = 1 - slack - (gained[turn.user_id] - shift)
        return round(left / turn.weight, 9), turn.user_id

    chosen = min(owed or turns, key=overdue_in).user_id
    gained[chosen] -= 1
    return chosen, gained


_TINY = 1e-9  # credits are floats


def starting_credit(of_others: Iterable[float]) -> float:
    """For a newcomer, or one back from leave: the mean of the others, so that nobody is flooded."""
    others = list(of_others)
    return sum(others) / len(others) if others else 0.0
