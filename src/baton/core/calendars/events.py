from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Fact):
    """Somebody works at other times than was thought: clocks that run in them are counted anew."""

    name: ClassVar[str] = "calendar.changed"
    user_id: int  # 0 = everybody: the company's hours or free days
