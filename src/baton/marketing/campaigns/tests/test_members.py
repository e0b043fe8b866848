from datetime import timedelta
from uuid import uuid4

import pytest

from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.actions import edit_campaign, trash_campaign
from baton.marketing.campaigns.models import CampaignMember
from baton.marketing.campaigns.tests.factories import AT, a_campaign
from baton.marketing.capture.actions import Sender, submit_form
from baton.marketing.capture.rules import Source
from baton.marketing.capture.tests.factories import a_form
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
PLANTS = Source(channel="paid_social", campaign="linkedin-plants")


def members() -> list[tuple[str, str]]:
    rows = CampaignMember.objects.order_by("pk")
    return [(one.person.full_name, one.status) for one in rows]


def send(email: str, *, source: Source = PLANTS) -> None:
    submit_form(
        form=a_form(),
        values={"name": "Jonas Berg", "email": email},
        token=uuid4(),
        sender=Sender(source=source),
        at=AT,
    )


def test_whoever_comes_with_the_code_is_a_member(run_background):
    a_campaign(code="linkedin-plants")
    a_person(full_name="Clara Rossi", campaign="linkedin-plants")
    a_person(full_name="Other", campaign="unknown")

    run_background()

    assert members() == [("Clara Rossi", "reached")]


def test_form_makes_a_member_who_responded(run_background):
    a_campaign(code="linkedin-plants")

    send("jonas@corvid.example")
    run_background()

    joined = FactRecord.objects.filter(name="campaign.joined").order_by("pk")
    assert members() == [("Jonas Berg", "responded")]
    assert [fact.payload["status"] for fact in joined] == ["reached", "responded"]
    assert all(fact.caused_by_id for fact in joined)


def test_same_coming_again_changes_nothing(run_background):
    a_campaign(code="linkedin-plants")
    send("jonas@corvid.example")
    run_background()
    count = FactRecord.objects.filter(name="campaign.joined").count()

    send("jonas@corvid.example")
    run_background()

    assert members() == [("Jonas Berg", "responded")]
    assert FactRecord.objects.filter(name="campaign.joined").count() == count


def test_imported_people_are_members_and_the_fact_is_imported(run_background):
    a_campaign(code="linkedin-plants")
    with origin(Origin.IMPORT):
        a_person(campaign="linkedin-plants")

    run_background()

    assert CampaignMember.objects.count() == 1
    assert FactRecord.objects.get(name="campaign.joined").origin == "import"


def test_people_who_came_before_the_campaign_was_written_down_are_members():
    person = a_person(campaign="linkedin-plants")
    Person.objects.update(lead_at=AT - timedelta(days=9))

    campaign = a_campaign(code="linkedin-plants")

    member = CampaignMember.objects.get()
    assert (member.campaign, member.person, member.at) == (
        campaign,
        person,
        AT - timedelta(days=9),
    )


def test_another_code_brings_its_people():
    a_person(campaign="meter-days")
    campaign = a_campaign(code="old")

    edit_campaign(campaign=campaign, values={"code": "meter-days"}, version=1, by=None, at=AT)

    assert CampaignMember.objects.count() == 1


def test_campaign_in_the_trash_gets_no_members(run_background):
    trash_campaign(campaign=a_campaign(code="linkedin-plants"), by=None, at=AT)
    a_person(campaign="linkedin-plants")

    run_background()

    assert not CampaignMember.objects.exists()


def test_person_who_is_gone_is_passed_over(run_background):
    a_campaign(code="linkedin-plants")
    a_person(campaign="linkedin-plants").delete()

    run_background()

    assert not CampaignMember.objects.exists()
