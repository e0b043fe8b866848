from baton.qualification.scoring.views.foresight import ask, foresight, stop, use
from baton.qualification.scoring.views.models import draft, edit_model, model, stop_use, use_model
from baton.qualification.scoring.views.panels import company_panel, person_panel
from baton.qualification.scoring.views.past import company_past, deal_past, person_past
from baton.qualification.scoring.views.points import delete, edit, new_rule, rules
from baton.qualification.scoring.views.trials import stop_trying, trial, try_model
from baton.qualification.scoring.views.tried_people import trial_people

__all__ = [
    "ask",
    "company_panel",
    "company_past",
    "deal_past",
    "delete",
    "draft",
    "edit",
    "edit_model",
    "foresight",
    "model",
    "new_rule",
    "person_panel",
    "person_past",
    "rules",
    "stop",
    "stop_trying",
    "stop_use",
    "trial",
    "trial_people",
    "try_model",
    "use",
    "use_model",
]
