"""Traffic over the API: the same figures as on the page, day by day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baton.core.access.actions import create_api_key
from baton.core.access.permissions import registered
from baton.core.keys import new_key
from baton.core.settings.queries import organisation_zone
from baton.marketing.capture.models import Visit, Visitor
from baton.marketing.traffic.actions import Counted, record_traffic

pytestmark = pytest.mark.django_db
URL = "/api/v1/traffic/"


def count(way, *, back=3, sessions=10):
    day = timezone.localdate(timezone=organisation_zone()) - timedelta(days=back)
    counted = Counted(day=day, sessions=sessions, users=8, key_events=Decimal("1.5"), **way)
    record_traffic(system="google_analytics", counted=[counted], at=timezone.now(), batch=new_key())
    return day


def visit(*, back=3, **way):
    at = timezone.now() - timedelta(days=back)
    visitor = Visitor.objects.create(consented_at=at)
    Visit.objects.create(visitor=visitor, started_at=at, ended_at=at, **way)


GOOGLE = {"channel": "organic_search", "source": "google", "campaign": "", "landing_page": "/p/a/"}


def test_channels_come_day_by_day_with_what_others_counted(company, api_client, marketer):
    day = count({"group": "Organic Search"})
    visit(**GOOGLE)
    visit(**GOOGLE, back=400)

    answer = api_client(marketer).get(URL)

    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["by"] == "channel"
    [row] = told["rows"]
    assert (row["day"], row["way"]) == (day.isoformat(), "organic_search")
    assert (row["visits"], row["sessions"], row["users"]) == (1, 10, 8)
    assert Decimal(row["key_events"]) == Decimal("1.5")


@pytest.mark.parametrize(("by", "way"), [("source", "google"), ("page", "/p/a/"), ("campaign", "")])
def test_other_ways_have_our_visits_and_null_where_no_file_says(
    company, api_client, marketer, by, way
):
    visit(**GOOGLE)

    [row] = api_client(marketer).get(URL, {"by": by}).json()["rows"]

    assert (row["way"], row["visits"], row["sessions"]) == (way, 1, None)


def test_one_channel_alone(company, api_client, marketer):
    visit(**GOOGLE)
    visit(**{**GOOGLE, "channel": "direct", "source": "letter"})

    rows = api_client(marketer).get(URL, {"by": "source", "channel": "direct"}).json()["rows"]

    assert [row["way"] for row in rows] == ["letter"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from": "2026-03-02", "to": "2026-03-01"}, "lies after the last"),
        ({"from": "2020-01-01", "to": "2026-03-01"}, "at most 366 days"),
    ],
)
def test_days_that_cannot_be_asked_for_are_told(company, api_client, marketer, asked, said):
    answer = api_client(marketer).get(URL, asked)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_who_may_not_see_traffic_gets_none(company, marketer, client):
    others = [name for name in registered if name != "traffic.view"]
    _row, secret = create_api_key(user=marketer, name="tests", scopes=others)

    answer = client.get(URL, headers={"authorization": f"Bearer {secret}"})

    assert answer.status_code == 403


def test_many_rows_cost_no_more_questions(company, api_client, marketer):
    client = api_client(marketer)
    visit(**GOOGLE)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for back in range(1, 20):
        count({"group": "Organic Search"}, back=back)
        visit(**GOOGLE, back=back)

    with CaptureQueriesContext(connection) as many:
        client.get(URL)

    assert len(many) == len(few)
