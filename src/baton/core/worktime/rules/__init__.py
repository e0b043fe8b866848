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
from baton.core.worktime.rules.holidays import UnknownCountry, holiday_places, public_holidays
from baton.core.worktime.rules.hours import (
    BusinessHours,
    Leave,
    OutOfReach,
    UnknownZone,
    day_start,
    find_zone,
    zone_choices,
)
from baton.core.worktime.rules.leave import BadLeave, DaysAway, FreeDays, leave_of
from baton.core.worktime.rules.weeks import (
    DAY_KEYS,
    DAY_NAMES,
    DEFAULT_WEEK,
    BadHours,
    Span,
    WeeklyHours,
)
from baton.core.worktime.rules.writing import read_day, write_day

__all__ = [
    "DAY_KEYS",
    "DAY_NAMES",
    "DEFAULT_WEEK",
    "BadHours",
    "BadLeave",
    "BusinessHours",
    "Clock",
    "ClockState",
    "DaysAway",
    "FreeDays",
    "Leave",
    "NeverOpen",
    "OutOfReach",
    "Span",
    "UnknownCountry",
    "UnknownZone",
    "WeeklyHours",
    "add_working_time",
    "closing_after",
    "day_start",
    "find_zone",
    "holiday_places",
    "is_open",
    "leave_of",
    "next_opening",
    "public_holidays",
    "read_day",
    "words_left",
    "working_time_between",
    "write_day",
    "zone_choices",
]
