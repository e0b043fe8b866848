"""Points and their rules, what they give whom, trials of drafts, what was learned from outcomes."""

from baton.qualification.scoring.models.foresight import Foresight, ForesightQuerySet, Foretold
from baton.qualification.scoring.models.points import (
    ScorePart,
    ScoreRule,
    ScoreRuleQuerySet,
    ScoreState,
)
from baton.qualification.scoring.models.scored import ScoreModel, ScoreModelQuerySet, Standing
from baton.qualification.scoring.models.trials import ScoreTrial, TrialPerson, TrialPersonQuerySet

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
    "ScoreTrial",
    "Standing",
    "TrialPerson",
    "TrialPersonQuerySet",
]
