from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
NEW = {"name": "ISO webinar", "channel": "event", "starts_on": "2026-03-01", "ends_on": ""}
SPENT = {"kind": "ads", "amount": "1,200.50", "currency": "EUR", "from_on": "2026-03-01"}


@pytest.fixture
def browser(marketer, signed_in):
    return signed_in(marketer)


def rows(response: Any, *, by: str = "name") -> dict[str, Any]:
    return {getattr(row.object, by): row.object for row in response.context["list"].rows}


def test_list_shows_people_leads_and_cost(browser, run_background):
    a_person(campaign="iso-webinar")
    campaign = a_campaign(name="ISO webinar", code="iso-webinar")
    a_cost(campaign=campaign, amount=Decimal(900))
    a_campaign(name="Letter")
    run_background()

    response = browser.get("/campaigns/")

    html = response.content.decode()
    found = rows(response)
    assert (found["ISO webinar"].member_count, found["ISO webinar"].lead_count) == (1, 1)
    assert "€900" in html
    assert "unknown" in html


def test_list_costs_the_same_for_many_campaigns(browser):
    def filled(count: int) -> int:
        for n in range(count):
            a_cost(campaign=a_campaign(code=f"meter-days-{count}-{n}"))
            a_person(campaign=f"Meter days {count} {n}")
        browser.get("/campaigns/")
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/campaigns/")
        assert [row.object.lead_count for row in page.context["list"].rows[:count]] == [1] * count
        return len(asked)

    assert filled(1) == filled(12)


def test_new_campaign_is_made(browser, marketer):
    response = browser.post("/campaigns/new/", {**NEW, "owner": marketer.key})

    campaign = Campaign.objects.get()
    assert response["Location"] == campaign.get_absolute_url()
    assert (campaign.code, campaign.channel, campaign.owner) == ("iso-webinar", "event", marketer)
    assert campaign.starts_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    "over",
    [{"name": ""}, {"channel": "pigeons"}, {"ends_on": "2026-02-01"}, {"starts_on": "soon"}],
)
def test_campaign_that_makes_no_sense_comes_back(browser, over):
    response = browser.post("/campaigns/new/", {**NEW, **over})

    assert response.status_code == 422
    assert not Campaign.objects.exists()


def test_campaign_is_edited(browser):
    campaign = a_campaign()

    browser.post(
        f"{campaign.get_absolute_url()}edit/", {**NEW, "version": 1, "goal": "Forty sign-ups"}
    )

    campaign.refresh_from_db()
    assert (campaign.name, campaign.goal) == ("ISO webinar", "Forty sign-ups")


def test_lost_race_keeps_what_was_typed(browser):
    campaign = a_campaign()

    response = browser.post(f"{campaign.get_absolute_url()}edit/", {**NEW, "version": 0})

    assert response.status_code == 422
    assert 'value="ISO webinar"' in response.content.decode()


def test_deleted_campaign_comes_back_by_undo(browser):
    campaign = a_campaign()

    response = browser.post(f"{campaign.get_absolute_url()}delete/", follow=True)
    gone = browser.get(campaign.get_absolute_url()).status_code
    browser.post(response.content.decode().split("/undo/")[0].rsplit('"', 1)[1] + "/undo/")

    assert (gone, browser.get(campaign.get_absolute_url()).status_code) == (404, 200)


def test_record_tells_what_a_lead_cost(browser, run_background):
    for _ in range(3):
        a_person(campaign="iso-webinar")
    campaign = a_campaign(code="iso-webinar")
    a_cost(campaign=campaign, amount=Decimal(300))
    run_background()

    response = browser.get(campaign.get_absolute_url())
    a_cost(campaign=campaign, amount=Decimal(1))

    assert response.context["cost_per_lead"] == 100
    assert "Person" in response.content.decode()
    assert "€100 a lead" in response.text
    campaign.costs.filter(amount=300).delete()
    assert "€0.33 a lead" in browser.get(campaign.get_absolute_url()).text


def test_cost_of_a_lead_is_unknown_to_who_sees_some_of_them(rep, outsider, signed_in):
    campaign = a_campaign(code="iso-webinar")
    for owner in (rep, outsider):
        a_person(campaign="iso-webinar", owner=owner)
    a_cost(campaign=campaign, amount=Decimal(300))

    response = signed_in(rep).get(campaign.get_absolute_url())

    assert (response.context["cost"], response.context["cost_per_lead"]) == (300, None)
    assert "you see some of them" in response.content.decode()


def test_cost_of_unknown_rate_makes_the_whole_unknown(browser):
    campaign = a_campaign()
    a_cost(campaign=campaign, amount=Decimal(300))
    a_cost(campaign=campaign, amount=Decimal(5), currency="USD")

    response = browser.get(campaign.get_absolute_url())

    assert response.context["cost"] is None


def test_cost_is_added_to_a_campaign(browser):
    campaign = a_campaign()

    browser.post(f"{campaign.get_absolute_url()}costs/", SPENT)

    cost = Cost.objects.get()
    assert (cost.campaign, cost.amount, cost.to_on) == (
        campaign,
        Decimal("1200.50"),
        date(2026, 3, 1),
    )


@pytest.mark.parametrize(
    "over",
    [{"amount": "a lot"}, {"amount": "-5"}, {"currency": "EURO"}, {"to_on": "2026-02-01"}],
)
def test_cost_that_makes_no_sense_comes_back(browser, over):
    campaign = a_campaign()

    response = browser.post(f"{campaign.get_absolute_url()}costs/", {**SPENT, **over})

    assert response.status_code == 422
    assert not Cost.objects.exists()


def test_cost_without_a_campaign_is_added_mended_and_removed(browser):
    browser.post("/campaigns/costs/new/", {**SPENT, "kind": "people", "channel": "email"})
    cost = Cost.objects.get()
    listed = browser.get("/campaigns/costs/?of=none").content.decode()
    address = cost.get_absolute_url()
    shown = browser.get(address).status_code
    browser.post(f"{address}save/", {**SPENT, "amount": "10", "version": cost.version})
    browser.post(f"{address}remove/")

    cost.refresh_from_db()
    assert "€1,200.50" in listed
    assert shown == 200
    assert cost.amount == 10
    assert cost.deleted_at is not None


def test_members_are_those_one_may_see(browser, rep, outsider, signed_in, run_background):
    a_person(full_name="Jonas Berg", campaign="iso-webinar", owner=rep)
    campaign = a_campaign(code="iso-webinar")
    run_background()
    address = f"{campaign.get_absolute_url()}members/"

    assert "Jonas Berg" in browser.get(address).content.decode()
    assert "Jonas Berg" in signed_in(rep).get(f"{address}?only=leads").content.decode()
    assert "Jonas Berg" not in signed_in(rep).get(f"{address}?only=responded").content.decode()
    assert "Jonas Berg" not in signed_in(outsider).get(address).content.decode()
    page = signed_in(outsider).get(campaign.get_absolute_url())
    assert page.context["counts"].member_count == 0


@pytest.mark.parametrize("path", ["edit/", "delete/", "costs/"])
def test_rep_may_look_but_not_edit(rep, signed_in, path):
    campaign = a_campaign()

    assert signed_in(rep).get(campaign.get_absolute_url()).status_code == 200
    assert signed_in(rep).post(f"{campaign.get_absolute_url()}{path}").status_code == 403


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/campaigns/").status_code == 302


def test_costs_that_a_report_counted_are_listed(browser):
    webinar = a_campaign(code="iso-webinar", channel="event")
    for over in (
        {"campaign": webinar, "note": "Speaker"},
        {"channel": "event", "note": "Booth"},
        {"channel": "email", "note": "Letters"},
    ):
        a_cost(**over)
    a_cost(campaign=webinar, note="Later", from_on=date(2026, 9, 1), to_on=date(2026, 9, 2))

    def listed(words):
        answer = browser.get(f"/campaigns/costs/?{words}")
        return [row.object.note for row in answer.context["list"].rows]

    days = "from=2026-03-01&to=2026-03-31"
    assert sorted(listed(f"channel=event&{days}")) == ["Booth", "Speaker"]
    assert sorted(listed("code=iso-webinar")) == ["Later", "Speaker"]
    assert len(listed("from=yesterday&to=2026-13-01")) == 4


def test_narrowed_costs_say_so_and_lead_back(browser):
    a_campaign(code="iso-webinar", name="ISO webinar")

    page = browser.get("/campaigns/costs/?code=iso-webinar&channel=event").content.decode()

    assert '<a class="chip on" href="?channel=event"' in page
    assert "ISO webinar" in page


def test_people_show_their_campaign_by_name_and_an_unknown_code_as_it_is(
    browser, django_assert_max_num_queries
):
    a_campaign(name="Meter Days fair", code="meter-days")
    came = a_person(full_name="Ida Berg", campaign="Meter_Days")
    a_person(full_name="Jon Weil", campaign="old-code")

    with django_assert_max_num_queries(20):
        found = rows(browser.get("/people/"), by="full_name")

    assert {name: row.campaign_name for name, row in found.items()} == {
        "Ida Berg": "Meter Days fair",
        "Jon Weil": "old-code",
    }
    assert "Meter Days fair" in browser.get(came.get_absolute_url()).content.decode()


def test_campaign_is_edited_in_its_list(browser):
    campaign = a_campaign(channel="email")
    url = reverse("campaigns:edit-field", args=[campaign.key, "channel"])
    known = {"HX-Request": "true"}

    saved = browser.post(f"{url}?cell=1", {"value": "event", "was": "email"}, headers=known)

    assert saved.content.decode().lstrip().startswith("Event")


def test_page_of_a_campaign_edits_its_fields_in_place(browser):
    campaign = a_campaign(name="ISO webinar", channel="email", starts_on=date(2026, 3, 1))
    url = reverse("campaigns:edit-field", args=[campaign.key, "ends_on"])

    page = browser.get(campaign.get_absolute_url()).content.decode()
    wrong = browser.post(url, {"value": "2026-02-01", "was": ""}, headers={"HX-Request": "true"})
    saved = browser.post(url, {"value": "2026-03-09", "was": ""}, headers={"HX-Request": "true"})

    assert url in page
    assert (wrong.status_code, "ends before it starts" in wrong.content.decode()) == (422, True)
    assert "9 Mar" in saved.content.decode()
    assert Campaign.objects.get().ends_on == date(2026, 3, 9)


def test_state_is_asked_on_the_day_of_whoever_reads(marketer, signed_in):
    """Where it is tomorrow already for one of two who look at the same list in one minute."""
    a_campaign(name="Over for one", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2))
    asked = {"filter": '[1,["state","is","over"]]'}

    told = []
    with time_machine.travel(datetime(2026, 3, 2, 14, tzinfo=UTC), tick=False):
        for zone in ("Pacific/Auckland", "Europe/Berlin"):
            marketer.zone = zone
            marketer.save()
            told.append([*rows(signed_in(marketer).get("/campaigns/", asked))])

    assert told == [["Over for one"], []]
