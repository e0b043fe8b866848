import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def browser(marketer, signed_in):
    return signed_in(marketer)


def test_people_are_added_to_a_campaign_once_and_taken_out_by_undo(browser):
    campaign, people = a_campaign(), [a_person(), a_person()]
    sent = {"row": [person.key for person in people], "value-campaign": campaign.key}

    for _press in range(2):
        browser.post("/bulk/people/campaign/", sent)
    members = CampaignMember.objects.count()
    joined = Change.objects.filter(object_type="campaign_member")
    batch = joined.values_list("batch", flat=True).first()
    browser.post(reverse("changes:undo", args=[batch]))

    assert members == 2
    assert not CampaignMember.objects.exists()
    assert not FactRecord.objects.standing().filter(name="campaign.joined").exists()


def test_undo_leaves_who_responded_since(browser):
    campaign, person = a_campaign(), a_person()
    sent = {"row": [person.key], "value-campaign": campaign.key}
    browser.post("/bulk/people/campaign/", sent)
    CampaignMember.objects.update(status="responded")

    batch = Change.objects.get(object_type="campaign_member").batch
    browser.post(reverse("changes:undo", args=[batch]))

    assert CampaignMember.objects.count() == 1


def test_campaigns_get_an_owner_or_go_to_the_trash(browser, marketer):
    mine, other = a_campaign(), a_campaign()

    browser.post("/bulk/campaigns/owner/", {"row": [mine.key], "value-owner": marketer.key})
    browser.post("/bulk/campaigns/delete/", {"row": [other.key]})

    assert Campaign.objects.living().get().owner == marketer


def test_rep_puts_nobody_into_a_campaign(signed_in, rep):
    sent = {"row": [a_person(owner=rep).key], "value-campaign": a_campaign().key}

    assert signed_in(rep).post("/bulk/people/campaign/", sent).status_code == 403
