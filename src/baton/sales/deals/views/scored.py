"""The score of a deal on its page, and why it is that."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from baton.core.access.models import User
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries import explain_records, model_about
from baton.qualification.scoring.rules import bar_of
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.slots import scored_kinds
from baton.sales.deals.models import Deal


def score_of(deal: Deal, *, user: User, at: datetime) -> dict[str, Any] | None:
    """By the model about deals, as it is now; None without one, and for whom scores are not."""
    model, kind = model_about(About.DEAL), scored_kinds.find(About.DEAL)
    if model is None or kind is None or not user.may(VIEW_SCORES):
        return None
    found = explain_records([deal.pk], kind=kind, model=model, at=at, user=user)[deal.pk]
    total = found.figures
    return {
        "explanation": found,
        "grade": deal.grade,
        "bar": bar_of(engagement=total.engagement, fit=total.fit, score=total.score),
        "may_manage": user.may(MANAGE_SCORES),
        "rules_url": model.get_absolute_url(),
        "past_url": reverse("scoring:deal-past", args=[deal.key]),
    }
