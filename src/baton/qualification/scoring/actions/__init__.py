"""The only place that writes scores and the rules behind them."""

from baton.qualification.scoring.actions.defaults import ensure_default_rules
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
from baton.qualification.scoring.actions.models import (
    SCORE_MODEL,
    BadScoreModel,
    create_score_model,
    draft_of,
    edit_score_model,
    ensure_main_model,
    put_to_use,
    stop_model,
)
from baton.qualification.scoring.actions.records import score_records
from baton.qualification.scoring.actions.rules import (
    SCORE_RULE,
    BadScoreRule,
    create_score_rule,
    delete_score_rule,
    edit_score_rule,
)
from baton.qualification.scoring.actions.showing import refresh_faded, show_scores
from baton.qualification.scoring.actions.trials import (
    BadTrial,
    ask_for_trial,
    go_on,
    resume_or_fail,
    stop_trial,
)

__all__ = [
    "SCORE_MODEL",
    "SCORE_RULE",
    "BadScoreModel",
    "BadScoreRule",
    "BadTrial",
    "NotToBeForeseen",
    "ask_for_trial",
    "ask_to_learn",
    "create_score_model",
    "create_score_rule",
    "delete_score_rule",
    "draft_of",
    "edit_score_model",
    "edit_score_rule",
    "ensure_default_rules",
    "ensure_main_model",
    "foretell",
    "give_up",
    "go_on",
    "learn",
    "put_to_use",
    "recompute_people",
    "refit_people",
    "refresh_faded",
    "resume_or_fail",
    "score_facts",
    "score_records",
    "show_scores",
    "stop_foresight",
    "stop_model",
    "stop_trial",
    "use_foresight",
    "watch_drift",
]
