from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class GoalSet(Fact):
    """Somebody wants to reach this by then; the target as text, exact."""

    name: ClassVar[str] = "goal.set"
    goal_id: int
    figure: str
    target: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class GoalChanged(Fact):
    """Another target, or somebody else answers for it."""

    name: ClassVar[str] = "goal.changed"
    goal_id: int
    target: str


@dataclass(frozen=True, kw_only=True)
class GoalRemoved(Fact):
    """Nobody wants it any more."""

    name: ClassVar[str] = "goal.removed"
    goal_id: int
