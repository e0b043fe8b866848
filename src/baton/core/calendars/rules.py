"""Why somebody is away. No database, no clock."""

from enum import StrEnum


class LeaveKind(StrEnum):
    """For themselves and whoever keeps the calendars; others read only that they are away."""

    VACATION = "vacation"
    SICK = "sick"
    OTHER = "other"
