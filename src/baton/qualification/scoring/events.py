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
    grade: str = ""
    former_grade: str = ""
    is_fading: bool = False  # only time has passed: the person did nothing


@dataclass(frozen=True, kw_only=True)
class ScoreRuleChanged(Fact):
    """A rule that counts was made, edited, deleted or restored: everybody's score may change."""

    name: ClassVar[str] = "score.rule_changed"
    rule_id: int
    about: str = "person"


@dataclass(frozen=True, kw_only=True)
class ScoreModelChanged(Fact):
    """A model was put to use or retired, its bands or its people were changed."""

    name: ClassVar[str] = "score.model_changed"
    model_id: int
    about: str


@dataclass(frozen=True, kw_only=True)
class RecordScored(Fact):
    """The shown score of a company or a deal moved."""

    name: ClassVar[str] = "score.record_changed"
    about: str
    fit: int
    engagement: int
    score: int
    former_score: int
    grade: str
    former_grade: str = ""
