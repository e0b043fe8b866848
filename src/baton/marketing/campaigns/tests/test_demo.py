from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.marketing.campaigns.demo import tell_campaigns
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.queries import costs_between


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
def test_campaigns_cost_and_go_with_the_demo():
    story = Story(at=datetime(2026, 3, 2, 9, tzinfo=UTC), dice=Random(7))

    tell_campaigns(story)

    assert set(story.cast["campaigns"]) == {
        "iso-webinar",
        "audit-guide",
        "energy-monitoring",
        "linkedin-plants",
        "meter-days",
        "monthly-letter",
    }
    today = story.at.date()
    shares = costs_between(Cost.objects.earliest("from_on").from_on, today)
    assert {share.kind for share in shares if not share.campaign} == {"people", "tools"}
    assert all(share.amount is not None for share in shares)
    assert len(story.roots) == Campaign.objects.count() + Cost.objects.count()
