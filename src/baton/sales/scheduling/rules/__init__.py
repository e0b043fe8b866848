"""Which times are free, what a booking page may say, in which states a booking stands."""

from baton.sales.scheduling.rules.free import (
    Busy,
    Day,
    Open,
    Terms,
    by_days,
    free_starts,
    overlaps,
    step_of,
)
from baton.sales.scheduling.rules.pages import (
    BEFORE,
    MOST_AHEAD_OF_ONE,
    MOST_AT_ONCE,
    MOST_IN_A_DAY,
    MOST_MOVES,
    RESERVED,
    BadPage,
    Place,
    check_page,
    is_phone,
)
from baton.sales.scheduling.rules.states import State

__all__ = [
    "BEFORE",
    "MOST_AHEAD_OF_ONE",
    "MOST_AT_ONCE",
    "MOST_IN_A_DAY",
    "MOST_MOVES",
    "RESERVED",
    "BadPage",
    "Busy",
    "Day",
    "Open",
    "Place",
    "State",
    "Terms",
    "by_days",
    "check_page",
    "free_starts",
    "is_phone",
    "overlaps",
    "step_of",
]
