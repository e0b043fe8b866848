"""When somebody works, and how much of it lies between two moments.

Instants are aware datetimes; results are in UTC. Working time is real elapsed time.
"""

from baton.core.worktime.rules.clocks import Clock, ClockState, words_left
from baton.core.worktime.rules.counting import (
    NeverOpen,
    add_working_time,
    closing_after,
    is_open,
    next_opening,
    working_time_between,
)
from baton.core.worktime.rules.hours import BusinessHours, Leave, OutOfReach, UnknownZone, day_start
from baton.core.worktime.rules.weeks import DEFAULT_WEEK, BadHours, Span, WeeklyHours

__all__ = [
    "DEFAULT_WEEK",
    "BadHours",
    "BusinessHours",
    "Clock",
    "ClockState",
    "Leave",
    "NeverOpen",
    "OutOfReach",
    "Span",
    "UnknownZone",
    "WeeklyHours",
    "add_working_time",
    "closing_after",
    "day_start",
    "is_open",
    "next_opening",
    "words_left",
    "working_time_between",
]
