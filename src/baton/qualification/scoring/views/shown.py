"""A model as lists of models show it."""

from typing import Any

from django.db.models import Count

from baton.core.access.models import User
from baton.qualification.scoring.models import ScoreModel
from baton.qualification.scoring.rules.models import State
from baton.qualification.scoring.words import ABOUT, STATE_HUES, STATES


def model_lines(user: User) -> list[dict[str, Any]]:
    """Those in use and drafts; former versions stand on the page of their model."""
    rows = ScoreModel.objects.visible_to(user).exclude(state=State.RETIRED)
    rows = rows.select_related("persona", "product").annotate(rule_count=Count("rules"))
    found = rows.order_by("about", "-is_main", "name", "-edition")
    return [shown_model(model) for model in found]


def shown_model(model: ScoreModel) -> dict[str, Any]:
    return {
        "model": model,
        "about": ABOUT[model.about],
        "state": STATES[State(model.state)],
        "hue": STATE_HUES[State(model.state)],
    }
