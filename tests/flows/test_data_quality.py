"""What records lack: each figure is the list that it opens, and is mended there, with undo."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.filters.listed import ListFilter
from baton.core.saved.quality import state_of
from baton.core.saved.slots import data_checks, saved_lists
from baton.records.people.actions import Statement, record_consents
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
URL = "/views/quality/"


def lacks(browser):
    return {str(one.label): one for one in browser.get(URL).context["checked"].lacks}


@pytest.fixture
def flawed(company, rep, outsider):
    """Ann lacks all, Bo nothing that a person has; each of theirs is seen by its own team."""
    a_person(owner=None, full_name="Ann Nobody", emails=[], phones=["call me"])
    whole = a_person(
        owner=rep,
        full_name="Bo Whole",
        emails=["bo@halden.example"],
        company=a_company(name="Halden", owner=rep, industry="Food"),
        channel="email",
    )
    Person.objects.filter(pk=whole.pk).update(latest_touch_at=timezone.now())
    a_deal(by=rep, person=whole, next_step="")
    a_person(owner=outsider, full_name="Otto's")
    return whole


def test_each_figure_is_the_number_of_rows_of_the_list_it_opens(flawed, admin, rep, signed_in):
    for user in (admin, rep):
        browser = signed_in(user)
        found = lacks(browser)

        assert found
        for lack in found.values():
            assert browser.get(lack.url).context["list"].total == lack.count, lack.label


def test_nobody_counts_what_they_do_not_see(flawed, admin, rep, signed_in):
    mine, all_of_them = lacks(signed_in(rep)), lacks(signed_in(admin))

    assert "People without a source" not in mine
    assert all_of_them["People without a source"].count == 2
    assert all_of_them["People without an owner"].count == 1
    assert mine["Open deals without a next step"].count == 1


def test_bounced_and_unread_and_stale_are_found(flawed, admin, signed_in):
    record_consents(
        statements=[
            Statement(
                email="bo@halden.example",
                purpose="newsletter",
                is_given=False,
                basis="consent",
                source="Mailchimp: bounced",
                at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        ]
    )
    Person.objects.filter(pk=flawed.pk).update(latest_touch_at=timezone.now() - timedelta(days=99))

    found = lacks(signed_in(admin))

    assert found["People whose mail bounced"].count == 1
    assert found["People without any touch in 90 days"].count == 3
    assert found["People without a mail address"].count == 1
    assert found["People whose phone cannot be read"].count == 1


def test_every_check_is_a_filter_that_its_list_understands(company, admin):
    for check in data_checks:
        if check.on:
            place = saved_lists.find(check.on)
            assert place, check.name
            listing = place.shown_to(admin)
            assert isinstance(listing.asks, ListFilter)
            asked = QueryDict(state_of(check))
            assert not listing.asks.read(asked["filter"], user=admin).lost, check.name


def test_page_asks_once_a_check_however_many_records(flawed, admin, signed_in):
    browser = signed_in(admin)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(URL)
        return len(queries)

    cost()
    before = cost()
    for number in range(8):
        a_person(owner=None, full_name=f"More {number}")

    assert cost() == before


def test_all_is_well_in_a_house_without_records(company, admin, signed_in):
    page = signed_in(admin).get(URL)

    assert page.context["checked"].lacks == []
    assert "Nothing is missing" in page.content.decode()


def test_source_is_set_for_many_and_taken_back(flawed, admin, signed_in):
    browser = signed_in(admin)
    people = list(Person.objects.filter(channel=""))
    rows = {"row": [str(one.key) for one in people], "value-source": "event", "asked": ""}

    page = browser.post("/bulk/people/source/", rows, follow=True)
    after = set(Person.objects.values_list("channel", flat=True))
    undo(batch=Change.objects.latest("pk").batch, by=admin, at=timezone.now())

    assert "2 people came by Event now." in page.content.decode()
    assert after == {"event", "email"}
    assert Person.objects.filter(channel="").count() == 2


def test_next_step_is_set_for_many_and_taken_back(flawed, rep, signed_in):
    browser = signed_in(rep)
    deal = flawed.deals.get()
    rows = {"row": [str(deal.key)], "value-step": "Call", "asked": "as=table"}

    browser.post("/bulk/deals/step/", rows)
    deal.refresh_from_db()
    after = deal.next_step
    undo(batch=Change.objects.latest("pk").batch, by=rep, at=timezone.now())
    deal.refresh_from_db()

    assert (after, deal.next_step) == ("Call", "")
