"""The website's traffic on screens, and the records behind each figure."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.keys import new_key
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation_zone
from baton.marketing.capture.models import Visit, Visitor
from baton.marketing.traffic.actions import Counted, record_traffic
from baton.marketing.traffic.rules import channel_of, parted

pytestmark = pytest.mark.django_db


def count(group="Organic Search", *, back=3, sessions=10, users=8, done=Decimal(1)):
    day = timezone.localdate(timezone=organisation_zone()) - timedelta(days=back)
    counted = Counted(day=day, group=group, sessions=sessions, users=users, key_events=done)
    record_traffic(system="google_analytics", counted=[counted], at=timezone.now(), batch=new_key())


def visit(channel="organic_search", *, back=3):
    at = timezone.now() - timedelta(days=back)
    visitor = Visitor.objects.create(consented_at=at)
    Visit.objects.create(visitor=visitor, started_at=at, ended_at=at, channel=channel)


def test_visits_of_our_own_are_left_out_and_can_be_looked_at(company, signed_in, marketer):
    visit()
    visit("direct")
    Visit.objects.filter(channel="direct").update(internal="own network")
    client = signed_in(marketer)

    page = client.get(reverse("traffic:traffic")).content.decode()

    assert cells(page)[0] == ("Organic search", ["1", "–", "–", "–"])
    assert "One visit from our own networks or machines is left out." in page
    address = re.search(r'href="([^"]+internal=1)"', page)
    assert address
    listed = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert "Direct" in listed
    assert "Organic search" not in listed


def test_where_all_that_came_is_left_out_the_page_says_how_many(company, signed_in, marketer):
    visit()
    visit("direct")
    Visit.objects.update(internal="own network")
    client = signed_in(marketer)

    page = client.get(reverse("traffic:traffic")).content.decode()

    assert "came 2 visits, all of them from our own networks and machines" in page
    address = re.search(r'href="([^"]+internal=1)"', page)
    assert address
    assert "Direct" in client.get(address[1].replace("&amp;", "&")).content.decode()


def cells(page):
    table = page.partition('<table class="figures">')[2]
    rows = re.findall(r"<tr><th scope=\"row\">(.+?)</th>(.+?)</tr>", table, re.DOTALL)
    return [(label, re.findall(r">([^<>\s]+)<", figures)) for label, figures in rows]


def test_sessions_stand_beside_our_visits_by_channel(company, signed_in, marketer):
    count(sessions=10, users=8)
    count(sessions=20, users=12, back=4)
    count("Direct", sessions=5, users=5)
    visit()

    page = signed_in(marketer).get(reverse("traffic:traffic")).content.decode()

    assert cells(page) == [
        ("Organic search", ["1", "30", "10", "2"]),
        ("Direct", ["0", "5", "5", "1"]),
        ("All channels", ["1", "35", "13", "3"]),
    ]
    assert "Sessions: 35. Our visits: 1." in page


def test_each_figure_opens_the_days_and_visits_that_it_counts(company, signed_in, marketer):
    count()
    count("Direct")
    count(back=400)
    visit()
    visit("direct")
    client = signed_in(marketer)
    page = client.get(reverse("traffic:traffic")).content.decode()

    days = re.search(r'href="(/traffic/days/\?channel=organic[^"]+)"', page)
    seen = re.search(r'href="(/traffic/visits/\?channel=organic[^"]+)"', page)
    assert days
    assert seen
    opened = client.get(days[1].replace("&amp;", "&")).context["list"]
    visits = client.get(seen[1].replace("&amp;", "&")).context["list"]

    assert (opened.total_words, visits.total_words) == ("1", "1")


def test_nothing_known_says_what_to_do_next(company, signed_in, marketer):
    page = signed_in(marketer).get(reverse("traffic:traffic")).content.decode()

    assert "ask an admin to bring in a report of Google Analytics by day" in page
    assert f'href="{reverse("capture:pages")}"' in page


def test_page_asks_as_often_for_many_rows(company, signed_in, marketer):
    count()
    client = signed_in(marketer)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("traffic:traffic"))
    for back in range(5, 40):
        count(back=back)
        visit(back=back)

    with CaptureQueriesContext(connection) as many:
        client.get(reverse("traffic:traffic"))

    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("way", "channel"),
    [
        ({"group": "Paid Social"}, "paid_social"),
        ({"group": "Unassigned"}, "other"),
        ({"source": "(direct)", "medium": "(none)"}, "direct"),
        ({"source": "google", "medium": "organic"}, "organic_search"),
        ({"source": "bing", "medium": "cpc"}, "paid_search"),
        ({"source": "letter", "medium": "email"}, "email"),
    ],
)
def test_their_words_are_our_channels(way, channel):
    assert channel_of(**{"group": "", "source": "", "medium": "", **way}) == channel


def test_source_and_medium_of_one_cell_are_parted():
    assert parted("google / cpc") == ("google", "cpc")
    assert parted("(not set)") == ("(not set)", "")


@pytest.mark.parametrize(
    "asked", ["to=9999-12-31", "from=0001-01-01", "to=0001-01-01", "from=9999-12-31", "from=x&to="]
)
@pytest.mark.parametrize("place", ["days", "visits"])
def test_days_at_the_ends_of_time_are_answered(company, signed_in, marketer, place, asked):
    Organisation.objects.update(zone="Pacific/Auckland")

    assert signed_in(marketer).get(f"/traffic/{place}/?{asked}").status_code == 200


def test_days_are_those_of_the_company_whoever_looks(company, signed_in, marketer):
    """Half past midnight in Berlin is the day before in New York."""
    marketer.zone = "America/New_York"
    marketer.save()
    at = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    visitor = Visitor.objects.create(consented_at=at)
    Visit.objects.create(visitor=visitor, started_at=at, ended_at=at, channel="direct")
    browser = signed_in(marketer)

    def seen(day):
        page = browser.get(reverse("traffic:visits"), {"from": day, "to": day}).content.decode()
        return "A stranger" in page

    assert (seen("2026-03-03"), seen("2026-03-04")) == (False, True)
