"""A campaign's own timeline: what happened with it, and how far its people went."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar
from urllib.parse import parse_qs

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from baton.core.facts import Fact, publish
from baton.core.keys import new_key
from baton.core.offers import TimelineEntry, timeline_entries
from baton.marketing.campaigns.actions import (
    add_people,
    edit_campaign,
    edit_cost,
    remove_cost,
    trash_campaign,
)
from baton.marketing.campaigns.queries import campaign_subject
from baton.marketing.campaigns.tests.factories import AT, a_campaign, a_cost
from baton.records.people.actions import trash_people
from baton.records.people.models import Identity
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Draft, Note, Task
from baton.records.timeline.queries import timeline_shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class KiteCaught(Fact):
    """A step on somebody's way."""

    name: ClassVar[str] = "kite.caught"


@pytest.fixture(autouse=True)
def milestone(monkeypatch):
    entry = TimelineEntry(fact=KiteCaught, title=lambda fact: "Caught a kite", is_milestone=True)
    monkeypatch.setattr(timeline_entries, "_items", [*timeline_entries, entry])


def catches(person, *, at):
    with transaction.atomic():
        publish(KiteCaught(person_id=person.pk, happened_at=at))


def joins(campaign, *people, by, at=AT):
    add_people(
        campaign=campaign, people_ids=[one.pk for one in people], by=by, at=at, batch=new_key()
    )


def shown(campaign, user, **more):
    return timeline_shown(campaign_subject(campaign, user=user), user=user, at=AT + DAY, **more)


def told(campaign, user, **more):
    days = shown(campaign, user, **more).days
    return [(entry.title, entry.meta) for day in days for entry in day.entries]


def titles(campaign, user):
    return [title for title, _meta in told(campaign, user)]


def test_campaign_tells_of_its_period_and_costs(marketer):
    campaign, later = a_campaign(ends_on=date(2026, 3, 20), by=marketer), AT + DAY / 2
    edit_campaign(
        campaign=campaign,
        values={"ends_on": date(2026, 4, 2)},
        version=None,
        by=marketer,
        at=AT + DAY / 24,
    )
    cost = a_cost(campaign=campaign, by=marketer, at=AT + DAY / 12)
    edit_cost(cost=cost, values={"amount": Decimal(4000)}, version=None, by=marketer, at=later)
    remove_cost(cost=cost, by=marketer, at=later)

    assert told(campaign, marketer) == [
        ("Cost removed", "Mara, 21:00, Ads, €4,000"),
        ("Cost: changed amount", "Mara, 21:00, Ads, €4,000"),
        ("Cost added", "Mara, 11:00, Ads, €3,100"),
        ("Changed end", "Mara, 10:00, 20 Mar 2026 → 2 Apr 2026"),
        ("Campaign added", "Mara, 09:00"),
    ]


def test_cost_that_goes_over_is_told_at_both_campaigns(marketer):
    fair, letter = a_campaign(), a_campaign()
    cost = a_cost(campaign=fair)

    edit_cost(cost=cost, values={"campaign": letter}, version=None, by=marketer, at=AT + DAY / 24)

    assert titles(fair, marketer) == ["Cost removed", "Cost added", "Campaign added"]
    assert titles(letter, marketer) == ["Cost added", "Campaign added"]


def test_people_who_come_on_a_day_are_told_together(marketer):
    campaign = a_campaign()
    names = ["Ann", "Bea", "Cleo", "Dora", "Eva"]
    joins(campaign, *(a_person(full_name=name) for name in names), by=marketer, at=AT + DAY / 24)

    [coming, *_rest] = told(campaign, marketer)

    assert coming == ("Reached: 5 people", "Eva, Dora, Cleo and 2 others, 10:00")


def test_campaign_tells_how_far_its_people_went_since_they_came(marketer):
    campaign, person, before = a_campaign(), a_person(full_name="Ann"), a_person()
    catches(person, at=AT - DAY)
    joins(campaign, person, by=marketer)
    catches(person, at=AT + DAY / 24)
    catches(before, at=AT + DAY / 24)

    assert titles(campaign, marketer) == ["Caught a kite", "Reached", "Campaign added"]


def test_of_a_merged_person_the_way_is_told_too(marketer):
    campaign, person, former = a_campaign(), a_person(full_name="Ann"), a_person()
    joins(campaign, person, by=marketer)
    Identity.objects.create(old_id=former.pk, person=person)
    catches(former, at=AT + DAY / 24)

    assert titles(campaign, marketer)[0] == "Caught a kite"


def test_who_came_under_a_former_id_is_told_by_who_sees_them_now(marketer, rep, outsider):
    campaign, former = a_campaign(), a_person(owner=outsider)
    joins(campaign, former, by=marketer)
    now = a_person(full_name="Ann", owner=rep)
    Identity.objects.create(old_id=former.pk, person=now)
    trash_people(people_ids=[former.pk], by=marketer, at=AT)

    seen = {user.name: titles(campaign, user) for user in (rep, outsider)}

    assert seen == {"Teo": ["Reached", "Campaign added"], "Otto": ["Campaign added"]}


def test_outsider_learns_of_nobody_through_a_campaign(marketer, rep, colleague, outsider):
    campaign, later = a_campaign(), AT + DAY / 24
    secret, own = a_person(full_name="Ann", owner=rep), a_person(full_name="Bea", owner=outsider)
    joins(campaign, secret, own, by=marketer)
    catches(secret, at=later)
    catches(own, at=later)

    seen = {user.name: told(campaign, user) for user in (rep, colleague, outsider)}

    assert seen["Teo"][:2] == [("Caught a kite", "Ann, 10:00"), ("Reached", "Mara, Ann, 09:00")]
    assert seen["Nora"] == seen["Teo"]
    assert seen["Otto"][:2] == [("Caught a kite", "Bea, 10:00"), ("Reached", "Mara, Bea, 09:00")]


def test_deleted_people_are_not_told(marketer):
    campaign, person = a_campaign(), a_person()
    joins(campaign, person, by=marketer)

    trash_people(people_ids=[person.pk], by=marketer, at=AT)

    assert titles(campaign, marketer) == ["Campaign added"]


def test_page_shows_the_timeline_with_a_composer(marketer, signed_in):
    page = signed_in(marketer).get(a_campaign().get_absolute_url()).content.decode()

    assert "Campaign added" in page
    assert 'value="note"' in page
    assert 'value="task"' in page
    assert 'value="call"' not in page


def test_note_is_written_on_a_campaign_and_its_draft_is_kept(marketer, rep, signed_in):
    campaign, browser = a_campaign(), signed_in(marketer)
    url = f"/timeline/campaign/{campaign.key}/"

    browser.post(f"{url}draft/", {"kind": "note", "body": "Book the stand ag"})
    half = browser.get(campaign.get_absolute_url()).content.decode()
    browser.post(f"{url}write/", {"kind": "note", "body": "Book the stand again"})
    read = signed_in(rep).get(campaign.get_absolute_url()).content.decode()

    note = Note.objects.get()
    assert "Book the stand ag</textarea>" in half
    assert (note.campaign_id, note.by, Draft.objects.count()) == (campaign.pk, marketer, 0)
    assert "Book the stand again" in read


def test_task_about_a_campaign_stands_on_its_page(marketer, signed_in):
    campaign, browser = a_campaign(), signed_in(marketer)

    browser.post(
        f"/timeline/campaign/{campaign.key}/write/", {"kind": "task", "title": "Print the flyers"}
    )

    assert Task.objects.get().campaign_id == campaign.pk
    assert "Print the flyers" in browser.get(campaign.get_absolute_url()).content.decode()


def test_call_is_not_logged_on_a_campaign(marketer, signed_in):
    url = f"/timeline/campaign/{a_campaign().key}/write/"

    answer = signed_in(marketer).post(url, {"kind": "call", "call_outcome": "unanswered"})

    assert answer.status_code == 422


def test_deleted_campaign_has_no_timeline(marketer, signed_in):
    campaign = a_campaign()
    trash_campaign(campaign=campaign, by=marketer, at=AT)

    answer = signed_in(marketer).get(f"/timeline/campaign/{campaign.key}/")

    assert answer.status_code == 404


def test_older_facts_come_page_by_page(marketer, monkeypatch):
    monkeypatch.setattr("baton.records.timeline.queries.panel.LOAD_AT_CAMPAIGN", 2)
    campaign = a_campaign()
    for number in range(3):
        a_cost(campaign=campaign, at=AT + number * DAY)

    first = shown(campaign, marketer)
    second = shown(campaign, marketer, before=parse_qs(first.older)["before"][0])

    pages = [[day.entries[0].title for day in page.days] for page in (first, second)]
    assert pages == [["Cost added", "Cost added"], ["Cost added"]]
    assert (len(second.days[0].entries), second.older) == (2, "")


def test_page_costs_the_same_however_much_it_tells(marketer, signed_in, django_assert_num_queries):
    browser, small, large = signed_in(marketer), a_campaign(), a_campaign()
    for campaign, many in ((small, 1), (large, 12)):
        people = [a_person() for _ in range(many)]
        joins(campaign, *people, by=marketer)
        for person in people:
            catches(person, at=AT + DAY / 24)
            a_cost(campaign=campaign)
    browser.get(small.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        browser.get(small.get_absolute_url())

    with django_assert_num_queries(len(few)):
        page = browser.get(large.get_absolute_url()).content.decode()

    assert "Caught a kite: 12 people" in page


def test_note_is_written_and_read_over_the_api(marketer, api_client):
    campaign, client = a_campaign(), api_client(marketer)

    client.post(
        "/api/v1/timeline/notes",
        {"campaign": str(campaign.key), "body": "Book the stand"},
        content_type="application/json",
    )
    notes = client.get(f"/api/v1/timeline/notes?campaign={campaign.key}").json()
    entries = client.get(f"/api/v1/timeline/campaign/{campaign.key}/entries").json()

    assert [note["body"] for note in notes["items"]] == ["Book the stand"]
    assert [entry["name"] for entry in entries["items"]] == ["note.added", "campaign.created"]
