from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReviewFinished(Fact):
    """What was said and decided in that week's review stands."""

    name: ClassVar[str] = "review.finished"
    review_id: int
    monday: str
