"""How long a step or a stage takes."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Of those who left ``group`` (in the period: ``month`` -1; else in the month at that place):
    the median of their days, and what nine in ten of them stayed within."""

    group: str
    month: int
    count: int
    median_days: float | None
    slow_days: float | None
