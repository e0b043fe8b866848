"""The score on the pages of people and companies, and in signed points why it is that."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.addresses import address
from baton.qualification.scoring import foreseen
from baton.qualification.scoring.models import ScoreModel
from baton.qualification.scoring.permissions import MANAGE_SCORES
from baton.qualification.scoring.queries import (
    Explanation,
    explain,
    explain_records,
    model_about,
)
from baton.qualification.scoring.queries.outcomes import foretold_of
from baton.qualification.scoring.rules import bar_of
from baton.qualification.scoring.rules.grading import grade_of
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.slots import scored_kinds
from baton.records.people.models import Company, Person


def person_panel(request: HttpRequest, person: Person) -> str:
    """By the main model, with the chance that is foreseen."""
    told = foretold_of(person.pk)
    context = {
        "told": told,
        "chance": told.chance * 100 if told else None,
        "goal": foreseen.goal_words(told.foresight) if told else "",
        "reasons": foreseen.lines_of(told) if told else [],
        "grade": person.grade,
        "rules_url": reverse("scoring:rules"),
        "past_url": address("scoring:person-past", person.key),
    }
    return _panel(request, explain(person, timezone.now()), context)


def company_panel(request: HttpRequest, company: Company) -> str:
    """By the model about companies; without one nothing is shown."""
    model, kind = model_about(About.COMPANY), scored_kinds.find(About.COMPANY)
    if model is None or kind is None:
        return ""
    at, user = timezone.now(), user_of(request)
    found = explain_records([company.pk], kind=kind, model=model, at=at, user=user)[company.pk]
    context = _of_model(model, found) | {"past_url": address("scoring:company-past", company.key)}
    return _panel(request, found, context)


def _of_model(model: ScoreModel, found: Explanation) -> dict[str, Any]:
    total = found.figures
    return {
        "grade": grade_of(fit=total.fit, engagement=total.engagement, bands=model.bands),
        "rules_url": model.get_absolute_url(),
    }


def _panel(request: HttpRequest, found: Explanation, context: dict[str, Any]) -> str:
    total = found.figures
    context |= {
        "explanation": found,
        "bar": bar_of(engagement=total.engagement, fit=total.fit, score=total.score),
        "may_manage": user_of(request).may(MANAGE_SCORES),
    }
    return render_to_string("scoring/panel.html", context, request=request)
