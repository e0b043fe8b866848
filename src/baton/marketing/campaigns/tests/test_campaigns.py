from datetime import date

import pytest

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.queries import changes_of
from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.actions import (
    BadCode,
    BadPeriod,
    CodeTaken,
    UnknownChannel,
    edit_campaign,
    trash_campaign,
)
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.tests.factories import AT, a_campaign, a_cost

pytestmark = pytest.mark.django_db


def edit(campaign: Campaign, **values) -> Campaign:
    return edit_campaign(campaign=campaign, values=values, version=campaign.version, by=None, at=AT)


def test_campaign_gets_a_code_of_its_name():
    campaign = a_campaign(name="Audit Guide (März)", channel="paid_social")

    assert (campaign.code, campaign.sort_key) == ("audit-guide-marz", "audit guide (märz)")
    assert FactRecord.objects.get(name="campaign.created").campaign_id == campaign.pk


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"name": "§§"}, BadCode),
        ({"code": "iso-webinar"}, CodeTaken),
        ({"code": "ISO_Webinar"}, CodeTaken),
        ({"channel": "pigeons"}, UnknownChannel),
        ({"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)}, BadPeriod),
    ],
)
def test_campaign_is_refused(over, refusal):
    a_campaign(code="iso-webinar")

    with pytest.raises(refusal):
        a_campaign(**over)

    assert Campaign.objects.count() == 1


def test_code_in_the_trash_is_free():
    trash_campaign(campaign=a_campaign(code="iso-webinar"), by=None, at=AT)

    assert a_campaign(code="iso-webinar").pk


def test_edit_is_told_once_with_the_fields_that_differ():
    campaign = a_campaign(name="Webinar", channel="event")

    edit(campaign, name="ISO webinar", channel="event")
    campaign.refresh_from_db()
    edit(campaign, name="ISO webinar")

    [fact] = FactRecord.objects.filter(name="campaign.changed")
    assert fact.payload == {"fields": ["name"]}
    campaign.refresh_from_db()
    assert campaign.version == 2


def test_edit_of_an_old_version_is_refused():
    campaign = a_campaign()
    edit(campaign, name="First")

    with pytest.raises(LostRace):
        edit(campaign, name="Second")


def test_edit_is_taken_back(marketer):
    campaign = a_campaign(name="Webinar", ends_on=date(2026, 3, 31))
    edit_campaign(
        campaign=campaign,
        values={"name": "Other", "ends_on": None, "owner": marketer},
        version=1,
        by=marketer,
        at=AT,
    )
    batch = changes_of(object_type="campaign", object_id=campaign.pk)[0].batch

    undo(batch=batch, by=marketer, at=AT)

    campaign.refresh_from_db()
    assert (campaign.name, campaign.ends_on, campaign.owner) == (
        "Webinar",
        date(2026, 3, 31),
        None,
    )


def test_trash_is_taken_back_and_costs_stay():
    campaign = a_campaign()
    cost = a_cost(campaign=campaign)

    batch = trash_campaign(campaign=campaign, by=None, at=AT)
    gone = Campaign.objects.living().exists()
    undo(batch=batch, by=None, at=AT)

    cost.refresh_from_db()
    assert not gone
    assert Campaign.objects.living().get() == campaign
    assert cost.deleted_at is None
