"""What marketing reads when the stories are over, and who is behind each number."""

import json
import re
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command

from tests.flows.acts import Desk
from tests.flows.house import PLANTS
from tests.flows.journeys import (
    OBJECTION,
    RIVAL,
    find_nils,
    lose_sven,
    reject_clara,
    win_jonas,
)

pytestmark = pytest.mark.django_db
STEPS = ("leads", "mqls", "sals", "sqls", "opportunities", "won")
GROUPS = ("source", "campaign", "persona", "origin", "rep", "landing_page")
BEHIND = re.compile(r'href="(/insight/closed-loop/people/[^"]*)"')


@pytest.fixture(scope="module")
def people(story):
    """By first name, after all is over."""
    told = {"jonas": win_jonas, "clara": reject_clara, "sven": lose_sven, "nils": find_nils}
    return {name: tell(story.house, story.clock, story.settle) for name, tell in told.items()}


@pytest.fixture
def house(story):
    return story.house


def asked(by, **options):
    """As the command line says it."""
    out = StringIO()
    call_command("report", "closed-loop", by=by, format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def steps_of(row):
    return tuple(row[step] for step in STEPS)


def rows_by(by, **options):
    return {row["group"]: steps_of(row) for row in asked(by, **options)["rows"]}


def test_funnel_of_the_source_and_of_sales_own(people):
    assert rows_by("source") == {
        "paid_social": (3, 3, 2, 2, 2, 1),
        "sales": (1, 0, 0, 1, 1, 1),
    }


def test_groups_add_up_to_the_same_people(people):
    by_campaign = rows_by("campaign")
    by_origin = rows_by("origin")
    by_persona = rows_by("persona")

    assert by_campaign["LinkedIn plants"] == by_origin["marketing"] == (3, 3, 2, 2, 2, 1)
    assert by_persona["Energy lead"] == (2, 2, 2, 2, 2, 1)
    for by in GROUPS:
        assert steps_of(asked(by)["totals"]) == (4, 3, 2, 3, 3, 2), by


def test_money_of_the_campaign(people):
    row = next(row for row in asked("campaign")["rows"] if row["group"] == "LinkedIn plants")

    assert (row["pipeline_created"], row["revenue"], row["lost"]) == (24_500, 12_000, 1)
    assert row["cost"] == 2_000  # 20 of March's 31 days: from the first lead to the latest win
    assert (row["cost_per_mql"], row["cost_per_customer"]) == (666.67, 2_000)
    assert row["median_days_to_win"] == pytest.approx(9, abs=0.1)


def test_unknown_cost_is_unknown(people):
    sales = next(row for row in asked("source")["rows"] if row["group"] == "sales")

    assert (sales["cost"], sales["cost_per_customer"]) == (None, None)


def test_reasons_flow_back(people, house):
    reasons = {
        (one["kind"], one["reason"]): one["count"] for one in asked("source")["totals"]["reasons"]
    }
    page = Desk(house.ines).read("analytics:closed-loop")

    assert reasons[("handoff", "no_fit")] == 1
    assert reasons[("deal", "competitor")] == 1
    assert "No fit" in page
    assert RIVAL in Desk(house.ines).read("people:person", people["sven"].key)
    deal = people["sven"].deals.get()
    assert OBJECTION in Desk(house.ines).read("deals:deal", deal.key)


def test_every_number_opens_the_people_behind_it(people, house, api_client):
    client = api_client(house.ines)

    wrong = []
    for by, basis in product(GROUPS, ("cohort", "event")):
        wrong += wrong_cells(client, by=by, basis=basis)

    assert wrong == []


def wrong_cells(client, **question):
    """Figures that say another number than there are people behind them."""
    report = client.get("/api/v1/analytics/closed-loop/", question).json()
    for row, column in product([*report["rows"], report["totals"]], (*STEPS, "lost")):
        group = {} if row["key"] is None else {"group": row["key"]}
        cell = question | group | {"column": column}
        found = client.get("/api/v1/analytics/people/", cell).json()["items"]
        if len(found) != row[column]:
            yield f"{cell}: {row[column]}, but {found}"


def test_jonas_is_behind_each_step_of_his_source(people, house, api_client):
    client = api_client(house.mara)
    cell = {"by": "source", "group": "paid_social"}

    for column in (*STEPS, "pipeline_created", "revenue"):
        found = client.get("/api/v1/analytics/people/", cell | {"column": column}).json()["items"]
        assert "Jonas Weil" in [one["full_name"] for one in found], column


def test_links_of_the_page_open_the_people(people, house):
    ines = Desk(house.ines)
    page = ines.read("analytics:closed-loop", by="campaign")
    links = {link.replace("&amp;", "&") for link in BEHIND.findall(page)}

    assert len(links) > 10
    for link in links:
        answer = ines.client.get(link)
        assert answer.status_code == 200, link
        assert any(name in answer.content.decode() for name in ("Weil", "Moreau", "Dahl", "Aune"))


def test_rep_sees_only_the_own_part(people, house, api_client):
    report = api_client(house.otto).get("/api/v1/analytics/closed-loop/", {"by": "origin"}).json()

    sales = next(row for row in report["rows"] if row["key"] == "sales")
    assert steps_of(sales) == (1, 0, 0, 1, 1, 1)
    assert steps_of(report["totals"])[0] < 4


def test_period_chooses_whose_journey_began_in_it(people):
    first_days = asked("campaign", from_on="2026-03-01", to_on="2026-03-02")

    assert steps_of(first_days["totals"]) == (1, 1, 1, 1, 1, 1)
    assert [row["key"] for row in first_days["rows"]] == [PLANTS]
