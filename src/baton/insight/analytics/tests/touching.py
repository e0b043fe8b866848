"""Touches and won deals, in a few words."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from baton.core.facts import publish_many
from baton.insight.analytics.tests.factories import a_deal
from baton.marketing.campaigns.events import CampaignJoined
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.records.people.tests.factories import AT, a_person

DAY = timedelta(days=1)


@transaction.atomic
def tell(*facts):
    publish_many(facts)


def a_visit(person, at, channel="organic_search", **over):
    usual: dict[str, Any] = {"visit_id": 1, "pages": [], "source": "google", "landing_page": "/p/a"}
    return VisitMade(happened_at=at, person_id=person.pk, channel=channel, **{**usual, **over})


def a_form(person, at, channel="organic_search", **over):
    usual = {"submission_id": 1, "form_code": "demo", "form_name": "Demo"}
    return FormSubmitted(happened_at=at, person_id=person.pk, channel=channel, **{**usual, **over})


def a_response(person, at, campaign, status="responded"):
    return CampaignJoined(
        happened_at=at, person_id=person.pk, campaign_id=campaign.pk, status=status
    )


def without_source(**over):
    """Someone whose record names no source."""
    return a_person(channel="", campaign="", **over)


def won(person, *, amount=1000, opened=0, **over):
    opened_at = AT + opened * DAY
    return a_deal(
        person,
        state="won",
        amount=None,
        base_amount=amount,
        opened_at=opened_at,
        closed_at=opened_at + 20 * DAY,
        **over,
    )
