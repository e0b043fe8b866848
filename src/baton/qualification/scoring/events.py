from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ScoreChanged(Fact):
    """The shown score moved (rounded points)."""

    name: ClassVar[str] = "score.changed"
    fit: int
    engagement: int
    score: int
    former_score: int
    is_fading: bool = False  # only time has passed: the person did nothing


@dataclass(frozen=True, kw_only=True)
class ScoreRuleChanged(Fact):
    """A rule was made, edited, deleted or restored: everybody's score may be another now."""

    name: ClassVar[str] = "score.rule_changed"
    rule_id: int
