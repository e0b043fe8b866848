from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ImprovementLogged(Fact):
    """From that day on something is done otherwise, and a figure should move."""

    name: ClassVar[str] = "improvement.logged"
    improvement_id: int
    figure: str
    way: str
    starts_on: str


@dataclass(frozen=True, kw_only=True)
class ImprovementRemoved(Fact):
    """It was logged by mistake."""

    name: ClassVar[str] = "improvement.removed"
    improvement_id: int
