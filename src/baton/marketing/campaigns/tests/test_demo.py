from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.marketing.campaigns.demo.story import tell_campaigns
from baton.marketing.campaigns.models import Campaign, Cost
from baton.records.timeline.models import Note


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
    loose = Cost.objects.filter(campaign=None).values_list("kind", flat=True)
    assert set(loose) == {"people", "tools"}
    assert not Cost.objects.filter(base_amount=None).exists()
    kept = Campaign.objects.count() + Cost.objects.count() + Note.objects.count()
    assert len(story.roots) == kept
