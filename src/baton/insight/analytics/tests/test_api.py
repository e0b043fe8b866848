import json
from datetime import timedelta
from io import StringIO
from typing import get_args

import pytest
from django.core.management import call_command

from baton.insight.analytics.api import schemas
from baton.insight.analytics.queries import COLUMNS, DEAL_COLUMNS, GROUPS, PIPELINE_GROUPS
from baton.insight.analytics.tests.factories import a_deal, a_lead, a_story
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/analytics/"


def printed(*words):
    out = StringIO()
    call_command("report", *words, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def test_names_are_those_of_the_reports():
    assert get_args(schemas.LoopBy) == tuple(GROUPS)
    assert set(get_args(schemas.PipelineBy)) == set(PIPELINE_GROUPS)
    assert set(get_args(schemas.LoopColumn)) == set(COLUMNS)
    assert get_args(schemas.PipelineColumn) == tuple(DEAL_COLUMNS)


@pytest.mark.parametrize("by", GROUPS)
def test_closed_loop_is_what_the_command_prints(by, admin, rep, outsider, api_client):
    a_story(rep=rep, outsider=outsider)
    period = {"from": "2026-03-01", "to": "2026-03-31", "basis": "event"}

    answer = api_client(admin).get(f"{URL}closed-loop/", {"by": by, **period})

    words = [word for name, value in period.items() for word in (f"--{name}", value)]
    assert answer.status_code == 200
    assert answer.json() == printed("closed-loop", "--by", by, *words)


@pytest.mark.parametrize("by", PIPELINE_GROUPS)
def test_pipeline_is_what_the_command_prints(by, admin, rep, outsider, api_client):
    a_story(rep=rep, outsider=outsider)

    answer = api_client(admin).get(f"{URL}pipeline/", {"by": by})

    assert answer.json() == printed("pipeline", "--by", by)


def test_durations_left_out_are_named(admin, api_client):
    won = a_lead(steps={"mql": 2, "sal": 1, "customer": -3})
    a_deal(won, state="won", closed_at=AT - timedelta(days=3))
    client = api_client(admin)

    loop, pipeline = (
        client.get(f"{URL}{path}/").json()["totals"] for path in ("closed-loop", "pipeline")
    )

    assert (loop["negative_steps"], loop["negative_durations"]) == (1, 1)
    assert (pipeline["negative_durations"], pipeline["median_cycle_days"]) == (1, None)


def test_unknown_is_null(admin, api_client):
    a_deal(a_lead(steps={"mql": 1}), amount=None)

    totals = api_client(admin).get(f"{URL}closed-loop/").json()["totals"]

    assert (totals["cost_per_mql"], totals["pipeline_created"], totals["key"]) == (None, None, None)


def test_row_key_leads_to_its_people_page_by_page(rep, outsider, api_client):
    a_story(rep=rep, outsider=outsider)
    client = api_client(rep)
    rows = client.get(f"{URL}closed-loop/", {"by": "rep"}).json()["rows"]
    teo = next(row for row in rows if row["group"] == "Teo")
    asked = {"by": "rep", "group": teo["key"], "column": "sqls", "limit": 2}

    first = client.get(f"{URL}people/", asked).json()
    rest = client.get(f"{URL}people/", asked | {"cursor": first["next"]}).json()

    people = [*first["items"], *rest["items"]]
    assert (len(first["items"]), rest["next"]) == (2, "")
    assert len(people) == teo["sqls"] == 3
    assert set(people[0]) == {
        "key",
        "full_name",
        "stage",
        "origin",
        "channel",
        "campaign",
        "lead_at",
    }


def test_deals_behind_a_group(rep, outsider, api_client):
    a_story(rep=rep, outsider=outsider)
    asked = {"by": "rep", "group": str(rep.key), "column": "won"}

    items = api_client(rep).get(f"{URL}deals/", asked).json()["items"]

    assert [(deal["state"], deal["amount"]) for deal in items] == [("won", 5000)]


def test_key_of_another_team_counts_and_shows_its_own_only(rep, outsider, api_client):
    a_lead(owner=rep)

    client = api_client(outsider)

    assert client.get(f"{URL}closed-loop/").json()["totals"]["leads"] == 0
    assert client.get(f"{URL}people/").json() == {"items": [], "next": ""}


def test_role_that_is_none_of_ours_is_refused(admin, api_client):
    client = api_client(admin)
    admin.role = "guest"
    admin.save()

    for path in ("closed-loop", "pipeline", "people", "deals"):
        assert client.get(f"{URL}{path}/").status_code == 403


def test_without_a_key_there_is_no_answer(client):
    assert client.get(f"{URL}closed-loop/").status_code == 401


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("closed-loop", {"by": "moon"}),
        ("closed-loop", {"from": "yesterday"}),
        ("closed-loop", {"from": "0001-01-01"}),
        ("closed-loop", {"to": "9999-12-31"}),
        ("closed-loop", {"from": "2026-03-02", "to": "2026-03-01"}),
        ("closed-loop", {"basis": "luck"}),
        ("pipeline", {"by": "source"}),
        ("people", {"column": "cost"}),
        ("people", {"group": "x" * 300}),
        ("people", {"cursor": "???"}),
        ("people", {"limit": "many"}),
        ("people", {"only": "some"}),
        ("deals", {"column": "cost"}),
    ],
)
def test_what_cannot_be_asked_is_a_problem(path, asked, admin, api_client):
    answer = api_client(admin).get(f"{URL}{path}/", asked)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("group", ["01a20286-1452-7238-be0f-86f950122b51", "nobody"])
def test_group_of_an_unknown_key_is_not_found(group, admin, api_client):
    client = api_client(admin)

    assert client.get(f"{URL}people/", {"by": "rep", "group": group}).status_code == 404
    assert client.get(f"{URL}deals/", {"by": "product", "group": group}).status_code == 404
