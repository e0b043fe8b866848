"""Score rules and facts that they count, for tests of this module and of those above it."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts import Fact, publish
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.qualification.scoring.actions import (
    ask_for_trial,
    create_score_model,
    create_score_rule,
    draft_of,
    go_on,
)
from baton.qualification.scoring.models import ScoreModel, ScoreRule, ScoreTrial
from baton.records.people.models import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
A_TYPED_RULE = {
    "name": "Asked for a price",
    "kind": "engagement",
    "points": 25,
    "fact": "form.submitted",
    "half_life_days": 30,
    "is_active": "on",
}


def a_live_model(**over: Any) -> ScoreModel:
    """One beside the main model, in use, with no rules yet."""
    model = create_score_model(
        about=over.pop("about", "person"), values={"name": "Beside", **over}, by=None, at=AT
    )
    ScoreModel.objects.filter(pk=model.pk).update(state="live", live_since=AT)
    model.refresh_from_db()
    return model


def an_engagement_rule(*, model: ScoreModel | None = None, **over: Any) -> ScoreRule:
    """Forms give 40 points that halve in 14 days; ``over`` as create_score_rule takes values."""
    usual = {
        "name": "Sent a form",
        "kind": "engagement",
        "points": 40,
        "fact": "form.submitted",
        "half_life_days": 14,
    }
    return create_score_rule(values={**usual, **over}, by=None, at=AT, model=model)


def a_fit_rule(*, model: ScoreModel | None = None, **over: Any) -> ScoreRule:
    """Heads of something give 20 points."""
    usual = {
        "name": "Is a head",
        "kind": "fit",
        "points": 20,
        "condition": {"field": "person.job_title", "op": "contains", "value": "head"},
    }
    return create_score_rule(values={**usual, **over}, by=None, at=AT, model=model)


def a_trial(*, by: User | None = None, at: datetime = AT, **over: Any) -> ScoreTrial:
    """A draft of the main model, tried to the end on the days before ``at``."""
    model = over.pop("model", None)
    draft = model or draft_of(ScoreModel.objects.live("person")[0], by=by, at=at)
    trial = ask_for_trial(model=draft, by=by, at=at, **{"days": 90, "threshold": 50, **over})
    while go_on(trial_id=trial.pk, at=at, for_seconds=60):
        pass
    trial.refresh_from_db()
    return trial


def a_form_sent(person: Person, **over: Any) -> Fact:
    """The fact alone, without the rows behind it."""
    usual: dict[str, Any] = {
        "happened_at": AT,
        "submission_id": 1,
        "form_code": "guide",
        "form_name": "Guide",
    }
    with transaction.atomic():
        return publish(FormSubmitted(person_id=person.pk, **{**usual, **over}))


def a_visit_made(person: Person, **over: Any) -> Fact:
    """The fact alone, without the rows behind it."""
    usual: dict[str, Any] = {
        "happened_at": AT,
        "visit_id": 1,
        "channel": "search",
        "pages": ["Home", "Pricing"],
    }
    with transaction.atomic():
        return publish(VisitMade(person_id=person.pk, **{**usual, **over}))
