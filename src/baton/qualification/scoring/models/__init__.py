"""Models of points and their rules, what they give whom, and what was learned from outcomes."""

from baton.qualification.scoring.models.foresight import Foresight, ForesightQuerySet, Foretold
from baton.qualification.scoring.models.points import (
    ScorePart,
    ScoreRule,
    ScoreRuleQuerySet,
    ScoreState,
)
from baton.qualification.scoring.models.scored import ScoreModel, ScoreModelQuerySet, Standing

__all__ = [
    "Foresight",
    "ForesightQuerySet",
    "Foretold",
    "ScoreModel",
    "ScoreModelQuerySet",
    "ScorePart",
    "ScoreRule",
    "ScoreRuleQuerySet",
    "ScoreState",
    "Standing",
]
