import csv
import io
import json
from datetime import timedelta
from typing import Any, get_args

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.insight.analytics.api import schemas
from baton.insight.analytics.queries import CREDIT_COLUMNS, MODELS, TOUCH_GROUPS
from baton.insight.analytics.tests.test_screens import text_of
from baton.insight.analytics.tests.touching import (
    a_form,
    a_visit,
    tell,
    without_source,
    won,
)
from baton.insight.analytics.views.credit import FULL
from baton.marketing.campaigns.models import Campaign, Cost
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]
URL, API = "/insight/attribution/", "/api/v1/analytics/attribution/"


@pytest.fixture
def story(number, rep, outsider):
    """Two deals of a rep, one with two touches and one with none, and one beyond their sight."""
    ines = without_source(owner=rep, full_name="Ines Maurer")
    tell(a_visit(ines, AT - timedelta(days=3), "email", campaign="spring"))
    tell(a_form(ines, AT - timedelta(days=2), "direct"))
    first = won(ines, amount=1000, owner=rep)
    won(without_source(owner=rep), amount=500, owner=rep)
    jonas = without_source(owner=outsider)
    tell(a_visit(jonas, AT - timedelta(days=3), "email"))
    won(jonas, amount=7000, owner=outsider)
    Campaign.objects.create(code="spring", name="Spring fair", channel="event")
    days: dict[str, Any] = {"from_on": AT.date(), "to_on": AT.date()}
    Cost.objects.create(channel="email", kind="ads", amount=100, base_amount=100, **days)
    number()
    return first


def test_models_stand_side_by_side_with_equal_totals(story, rep, signed_in):
    page = signed_in(rep).get(URL)

    table = page.context["table"]
    lines = {line.label: [cell.words for cell in line.cells[:3]] for line in table.lines}
    assert lines == {
        "Direct": ["–", "1,000", "500"],
        "Email": ["1,000", "–", "500"],
        "No known touch": ["500", "500", "500"],
    }
    assert [cell.words for cell in table.total.cells[:4]] == ["1,500", "1,500", "1,500", "2"]
    words = text_of(page)
    assert "Won revenue €1,500 2 deals With a known touch 50" in words
    assert "You see some of the deals, and cost is of all: so return is unknown." in words


@pytest.mark.parametrize("by", TOUCH_GROUPS)
def test_every_figure_opens_its_deals(by, story, admin, signed_in):
    client = signed_in(admin)
    table = client.get(URL, {"by": by, "model": "first"}).context["table"]

    urls = {cell.url for line in (*table.lines, table.total) for cell in line.cells if cell.url} - {
        "/campaigns/costs/",
        "/campaigns/costs/?channel=email",
    }
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.context["list"].total, url


def test_deal_tells_why(story, rep, signed_in):
    client = signed_in(rep)
    [row] = client.get(f"{URL}deals/", {"column": "linear", "group": "email"}).context["list"].rows
    assert (row.object.credit, row.object.share) == (500, pytest.approx(0.5))

    words = text_of(client.get(row.url))

    assert "Visit " in words
    assert "Ines Maurer Email Spring fair /p/a €1,000 100" in words
    assert "Form sent" in words
    assert "Direct" in words


def test_deal_of_another_team_is_not_told(story, outsider, signed_in):
    assert signed_in(outsider).get(f"{URL}deals/{story.key}/").status_code == 404


def test_without_a_win_the_page_says_what_comes(rep, signed_in):
    client = signed_in(rep)

    empty, days = client.get(URL), client.get(f"{URL}?from=2026-01-01&to=2026-01-31")

    assert "Revenue finds its touches here as soon as the first deal is won." in text_of(empty)
    assert "No deal was won in these days. Show all time" in text_of(days)


@pytest.mark.parametrize("asked", ["by=moon", "model=best", "look_back=7", "from=2026-02-30"])
def test_what_cannot_be_asked_is_refused_in_words(asked, admin, signed_in):
    for page in ("", "deals/", "export/"):
        assert signed_in(admin).get(f"{URL}{page}?{asked}").status_code == 422


def test_file_holds_all_models_to_the_cent(story, admin, signed_in):
    answer = signed_in(admin).get(f"{URL}export/", {"by": "campaign"})

    rows = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert len(rows[0]) == len(FULL) + 1
    assert [row[:4] for row in rows[1:]] == [
        ["No campaign", "7000.00", "8000.00", "7500.00"],
        ["Spring fair", "1000.00", "", "500.00"],
        ["No known touch", "500.00", "500.00", "500.00"],
        ["All campaigns", "8500.00", "8500.00", "8500.00"],
    ]


def test_names_are_those_of_the_report():
    assert get_args(schemas.TouchBy) == tuple(TOUCH_GROUPS)
    assert get_args(schemas.ModelName) == tuple(MODELS)
    assert get_args(schemas.CreditColumn) == CREDIT_COLUMNS


@pytest.mark.parametrize("by", TOUCH_GROUPS)
def test_api_is_what_the_command_prints(by, story, admin, api_client):
    out = io.StringIO()
    call_command(
        "report", "attribution", "--by", by, "--model", "last", "--format", "json", stdout=out
    )

    answer = api_client(admin).get(API, {"by": by, "model": "last"})

    assert answer.json() == json.loads(out.getvalue())


@pytest.mark.parametrize("form", ["table", "csv"])
def test_command_prints_a_line_a_group(form, story):
    out = io.StringIO()

    call_command("report", "attribution", "--format", form, stdout=out)

    assert "no known touch" in out.getvalue()
    assert len(out.getvalue().splitlines()) == 5


def test_api_opens_deals_and_touches(story, rep, outsider, api_client):
    client = api_client(rep)

    deals = client.get(f"{API}deals/", {"group": "email"}).json()["items"]
    touches = client.get(f"{API}deals/{story.key}/").json()

    assert [deal["key"] for deal in deals] == [str(story.key)]
    assert [(one["kind"], one["revenue"]["linear"]) for one in touches] == [
        ("visit.made", 500.0),
        ("form.submitted", 500.0),
    ]
    assert api_client(outsider).get(f"{API}deals/{story.key}/").status_code == 404


def test_page_asks_the_same_however_much_there_is(
    story, number, admin, signed_in, django_assert_num_queries
):
    client = signed_in(admin)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL, {"by": "campaign"})

    for place in range(6):
        person = without_source()
        tell(a_visit(person, AT - timedelta(days=3), "email", campaign=f"new-{place}"))
        won(person)
    number()

    with django_assert_num_queries(len(few)):
        page = client.get(URL, {"by": "campaign"}).content.decode()

    assert [f"new-{place}" for place in range(6) if f"new-{place}" not in page] == []
