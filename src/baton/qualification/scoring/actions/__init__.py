"""The only place that writes scores and the rules behind them."""

from baton.qualification.scoring.actions.folding import recompute_people, refit_people, score_facts
from baton.qualification.scoring.actions.foretelling import foretell, watch_drift
from baton.qualification.scoring.actions.learning import (
    NotToBeForeseen,
    ask_to_learn,
    give_up,
    learn,
    stop_foresight,
    use_foresight,
)
from baton.qualification.scoring.actions.rules import (
    SCORE_RULE,
    BadScoreRule,
    create_score_rule,
    delete_score_rule,
    edit_score_rule,
    ensure_default_rules,
)
from baton.qualification.scoring.actions.showing import refresh_faded, show_scores

__all__ = [
    "SCORE_RULE",
    "BadScoreRule",
    "NotToBeForeseen",
    "ask_to_learn",
    "create_score_rule",
    "delete_score_rule",
    "edit_score_rule",
    "ensure_default_rules",
    "foretell",
    "give_up",
    "learn",
    "recompute_people",
    "refit_people",
    "refresh_faded",
    "score_facts",
    "show_scores",
    "stop_foresight",
    "use_foresight",
    "watch_drift",
]
