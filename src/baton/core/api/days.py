"""Days and moments as they are sent: written out, and of years that somebody may mean."""

import re
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

When = TypeVar("When", bound=date)
YEARS = range(1900, 2200)  # beyond them dates overflow
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_day(sent: Any) -> Any:
    if isinstance(sent, str) and _DAY.fullmatch(sent):
        return sent
    raise ValueError("write a day like 2026-03-01")


def _written_moment(sent: Any) -> Any:
    """Pydantic would read a number as seconds since 1970."""
    if isinstance(sent, str) and _DAY.match(sent):
        return sent
    raise ValueError("write a moment like 2026-03-01T09:00:00Z")


def _in_reach(when: When) -> When:
    if when.year not in YEARS:
        raise ValueError("a date that nobody means")
    return when


Day = Annotated[date, BeforeValidator(_written_day), AfterValidator(_in_reach)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written_moment), AfterValidator(_in_reach)]
