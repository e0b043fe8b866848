"""Score rules and facts that they count, for tests of this module and of those above it."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from baton.core.facts import Fact, publish
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.qualification.scoring.actions import create_score_rule
from baton.qualification.scoring.models import ScoreRule
from baton.records.people.models import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def an_engagement_rule(**over: Any) -> ScoreRule:
    """Forms give 40 points that halve in 14 days; ``over`` as create_score_rule takes values."""
    usual = {
        "name": "Sent a form",
        "kind": "engagement",
        "points": 40,
        "fact": "form.submitted",
        "half_life_days": 14,
    }
    return create_score_rule(values={**usual, **over}, by=None, at=AT)


def a_fit_rule(**over: Any) -> ScoreRule:
    """Heads of something give 20 points."""
    usual = {
        "name": "Is a head",
        "kind": "fit",
        "points": 20,
        "condition": {"field": "person.job_title", "op": "contains", "value": "head"},
    }
    return create_score_rule(values={**usual, **over}, by=None, at=AT)


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
