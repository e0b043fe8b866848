from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.core.access.actions import create_team, create_user
from baton.core.access.roles import Role
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.marketing.campaigns import tasks
from baton.marketing.campaigns.actions import Coming, edit_campaign, enlist, trash_campaign
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.queries import count_people
from baton.marketing.campaigns.queries.coming import same_code_of
from baton.marketing.campaigns.rules import Status, same_code
from baton.marketing.campaigns.tests.factories import AT, a_campaign
from baton.marketing.capture.actions import Sender, submit_form
from baton.marketing.capture.rules import Source
from baton.marketing.capture.tests.factories import a_form
from baton.records.people.actions import trash_people
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


def test_people_who_came_before_the_campaign_was_written_down_are_members(run_background):
    person = a_person(campaign="linkedin-plants")
    run_background()
    Person.objects.update(lead_at=AT - timedelta(days=9))

    campaign = a_campaign(code="linkedin-plants")
    run_background()

    member = CampaignMember.objects.get()
    assert (member.campaign, member.person, member.at) == (
        campaign,
        person,
        AT - timedelta(days=9),
    )


def test_another_code_brings_its_people(run_background):
    a_person(campaign="meter-days")
    campaign = a_campaign(code="old")

    edit_campaign(campaign=campaign, values={"code": "meter-days"}, version=1, by=None, at=AT)
    run_background()

    assert CampaignMember.objects.count() == 1


def test_campaign_in_the_trash_gets_no_members(run_background):
    trash_campaign(campaign=a_campaign(code="linkedin-plants"), by=None, at=AT)
    a_person(campaign="linkedin-plants")

    run_background()

    assert not CampaignMember.objects.exists()


def test_person_who_is_gone_is_passed_over(run_background):
    a_campaign(code="linkedin-plants")
    a_person(campaign="linkedin-plants").delete()
    trash_people(people_ids=[a_person(campaign="linkedin-plants").pk], by=None, at=AT)

    run_background()

    assert not CampaignMember.objects.exists()


@pytest.mark.parametrize(
    "written", ["Spring_Sale 1", "spring-sale-1", "SPRING.SALE..1", "+spring+sale_1"]
)
def test_code_is_met_however_it_is_written_and_stays_as_it_was(written, admin, run_background):
    before = a_person(campaign=written)
    campaign = a_campaign(code="Spring_Sale 1")
    run_background()
    a_person(campaign=written)
    a_person(campaign="spring-sale-11")
    run_background()

    before.refresh_from_db()
    counts: Any = Campaign.objects.get()
    count_people([counts], user=admin)
    assert (CampaignMember.objects.count(), counts.lead_count) == (2, 2)
    assert (before.campaign, campaign.code) == (written, "spring_sale-1")


def test_who_lies_in_the_trash_is_counted_nowhere(admin, run_background):
    campaign = a_campaign(code="linkedin-plants")
    send("jonas@corvid.example")
    gone = a_person(campaign="linkedin_plants")
    run_background()

    trash_people(people_ids=[gone.pk, Person.objects.exclude(pk=gone.pk).get().pk], by=None, at=AT)
    a_person(campaign="LinkedIn-Plants")
    run_background()

    counts: Any = Campaign.objects.get(pk=campaign.pk)
    count_people([counts], user=admin)
    assert (counts.member_count, counts.response_count, counts.lead_count) == (1, 0, 1)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SALES_MANAGER])
def test_figures_are_those_of_the_pages_behind_them(role, signed_in, run_background):
    user = create_user(
        name="Who looks", role=role, email="who@fenn.example", team=create_team(name="Theirs")
    )
    campaign = a_campaign(code="linkedin-plants")
    for written in ("linkedin-plants", "LINKEDIN plants", "meter-days"):
        for owner in (user, None):
            a_person(campaign=written, owner=owner)
    visited = Person.objects.filter(campaign="meter-days").order_by("pk")
    enlist(
        comings=[
            Coming(person_id=one.pk, code="linkedin-plants", status=Status.REACHED, at=AT)
            for one in visited
        ]
    )
    run_background()

    counts: Any = Campaign.objects.get(pk=campaign.pk)
    count_people([counts], user=user)
    address = reverse("campaigns:members", args=[campaign.key])
    pages = [signed_in(user).get(address + more).context["list"] for more in ("", "?only=leads")]
    assert [page.total for page in pages] == [counts.member_count, counts.lead_count]
    assert counts.lead_count


def test_rule_and_sql_compare_codes_alike():
    spellings = ["Spring_Sale 1", "a--b", " x ", "A.b+C/d:e|f,g&h", "_-_", "plain", "a      b"]
    for number, spelling in enumerate(spellings):
        a_person(full_name=str(number), campaign=spelling)

    rows = Person.objects.annotate(same=same_code_of("campaign")).order_by("pk")

    told = list(rows.values_list("same", flat=True))
    assert told == [same_code(spelling) for spelling in spellings]


def test_imported_history_is_not_told_as_news(run_background):
    with origin(Origin.IMPORT, batch=(batch := uuid4())):
        a_person(campaign="linkedin-plants")
    run_background()

    a_campaign(code="linkedin-plants")
    run_background()

    joined = FactRecord.objects.get(name="campaign.joined")
    assert (joined.origin, joined.batch) == ("import", batch)


def test_many_comings_take_as_few_queries_as_one(django_assert_num_queries):
    a_campaign(code="linkedin-plants")
    people = [a_person() for _ in range(30)]
    comings = [
        Coming(person_id=person.pk, code="linkedin-plants", status=status, at=AT)
        for person in people
        for status in Status
    ]

    with django_assert_num_queries(8):
        enlist(comings=comings)

    assert {status for _name, status in members()} == {"responded"}
    assert FactRecord.objects.filter(name="campaign.joined").count() == 60


def test_those_who_came_before_are_found_bite_by_bite(run_background, monkeypatch):
    monkeypatch.setattr(tasks, "BITE", 2)
    for _ in range(5):
        a_person(campaign="linkedin-plants")

    a_campaign(code="linkedin-plants")
    run_background()

    assert CampaignMember.objects.count() == 5
