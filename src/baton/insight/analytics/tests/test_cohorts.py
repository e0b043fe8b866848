"""Cohorts against a plain evaluation in Python, over random moves."""

import csv
import io
import json
import random
from collections import Counter
from datetime import date, timedelta
from math import ceil
from typing import Any, get_args

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.api import schemas
from baton.insight.analytics.queries import (
    COHORT_FIGURES,
    COHORT_STEPS,
    NARROWED_BY,
    CohortQuestion,
    Question,
    closed_loop,
    cohorts,
    people_of_cohort,
)
from baton.insight.analytics.rules import STEPS, CohortRow, Span
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.insight.analytics.tests.test_screens import text_of
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]
URL, API = "/insight/cohorts/", "/api/v1/analytics/cohorts/"


def a_crowd(seed, *owners, size=14):
    """Leads of three months, each as far as chance took them."""
    chance = random.Random(seed)
    for _ in range(size):
        came = timedelta(days=chance.randrange(0, 90), hours=chance.randrange(0, 24))
        steps: dict[str, float] = {}
        days = 0.0
        for step in STEPS[1 : chance.randrange(1, 7)]:
            days += chance.choice([0, 0.5, 6.9, 7, 29, 30, 31, 61])
            if chance.random() < 0.8:
                steps[step] = days
        a_lead(
            at=AT + came,
            steps=steps,
            owner=chance.choice(owners),
            channel=chance.choice(["email", "search"]),
            origin=chance.choice(["marketing", "marketing", "sales"]),
            stage=chance.choice(["lead", "other"]),
        )


def plainly(people, step, span):
    """Of these people, by cohort: leads, reached, open, and within how many spans."""
    rank, found = STEPS.index(step), dict[date, dict[str, Any]]()
    for person in people:
        moves = StageChange.objects.filter(person=person, is_back=False)
        dates = {move.to_stage: move.at for move in moves}
        here = person.lead_at.astimezone(organisation_zone()).date()
        began = here.replace(day=1) if span is Span.MONTH else here - timedelta(here.weekday())
        row = found.setdefault(began, {"leads": 0, "reached": 0, "open": 0, "spans": Counter()})
        row["leads"] += 1
        is_skipping = person.origin == "sales" and step in {"mql", "sal"}
        later = [dates[name] for name in STEPS[rank:] if name in dates]
        if later and (step in dates or not is_skipping):
            row["reached"] += 1
            days = (min(later) - person.lead_at) / timedelta(days=1)
            row["spans"][max(1, ceil(days / span.days))] += 1
        elif person.stage != "other":
            row["open"] += 1
    return found


@pytest.mark.parametrize(("seed", "step"), list(enumerate(COHORT_STEPS)))
def test_random_leads_are_counted_as_a_plain_reader_would(seed, step, rep, outsider):
    a_crowd(seed, rep, outsider)
    span = list(Span)[seed % 2]

    report = cohorts(CohortQuestion(step=step, span=span, user=rep))

    found = {
        row.began_on: {
            "leads": row.leads,
            "reached": row.reached,
            "open": row.open,
            "spans": row.by_span,
        }
        for row in report.rows
    }
    assert found == plainly(Person.objects.filter(owner=rep), step, span)


def test_so_far_is_what_the_closed_loop_says(rep, outsider):
    a_crowd(9, rep, outsider)
    a_deal(a_lead(owner=rep, steps={"customer": 9}), state="won", owner=rep)
    total = closed_loop(Question(user=rep)).total

    for step in COHORT_STEPS:
        report = cohorts(CohortQuestion(step=step, user=rep))
        assert (report.leads, report.reached) == (total.reached("lead"), total.reached(step))


def test_narrowed_to_a_source_others_do_not_count(rep):
    for channel in ("email", "email", "search"):
        a_lead(owner=rep, channel=channel, campaign="spring", steps={"mql": 3})

    counts = [
        cohorts(CohortQuestion(by=by, group=group)).leads
        for by, group in (("source", "email"), ("campaign", "spring"), ("origin", "partner"))
    ]

    assert counts == [2, 3, 0]


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (date(2026, 3, 20), [False]),
        (date(2026, 4, 15), [False, False]),
        (date(2026, 5, 1), [True, False, False]),
    ],
)
def test_cell_is_complete_once_everybody_has_had_the_time(on, shown):
    row = CohortRow(date(2026, 3, 1), leads=3, by_span={1: 2})

    cells = [cell for cell in row.cells(span=Span.MONTH, on=on) if cell]

    assert [cell.is_complete for cell in cells] == shown
    assert {cell.people for cell in cells} == {2}


def test_every_figure_opens_its_people(rep, outsider, signed_in):
    a_crowd(4, rep, outsider, size=9)
    client = signed_in(rep)
    triangle = client.get(URL).context["triangle"]

    for line in (triangle.lines[0], triangle.total):
        for cell in (line.leads, line.cells[1], line.reached, line.open):
            if cell.url:
                said = (cell.title or cell.words).split(" ")[0].replace(",", "")
                assert str(client.get(cell.url).context["list"].total) == said, cell


def test_page_tells_the_triangle_and_the_finding(admin, signed_in):
    for days in (3, 40, None):
        a_lead(steps={} if days is None else {"mql": days}, channel="email")
    a_lead(at=AT + timedelta(days=40), steps={"mql": 2})

    page = signed_in(admin).get(URL)

    first, second = page.context["triangle"].lines
    assert [cell.words for cell in first.cells[:3]] == ["33", "67", "67"]
    assert (first.label, first.reached.words, first.open.title) == ("Mar 2026", "67\xa0%", "1 of 3")
    assert [cell.css for cell in (first.cells[0], second.cells[0])] == ["q2", "q6"]
    words = text_of(page)
    assert "MQL within so many months, % Came in Leads" in words
    assert "Within 3 months 100 % of Apr 2026 reached MQL, and 67 % of Mar 2026." in words.replace(
        "\xa0", " "
    )


def test_empty_page_leads_on(admin, signed_in):
    client = signed_in(admin)

    assert "as soon as there is one. Open people" in text_of(client.get(URL))
    narrowed = text_of(client.get(f"{URL}?of=source:email"))
    assert "Nobody became a lead like that. Show all leads" in narrowed


@pytest.mark.parametrize("asked", ["step=moon", "unit=day", "of=moon:x", "from=2026-02-30"])
def test_what_cannot_be_asked_is_refused(asked, admin, signed_in):
    for page in ("", "people/", "export/"):
        assert signed_in(admin).get(f"{URL}{page}?{asked}").status_code == 422


def test_file_holds_people_and_shares(admin, signed_in):
    a_lead(steps={"mql": 3})
    a_lead()

    answer = signed_in(admin).get(f"{URL}export/?step=mql")

    head, line = csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")))
    assert line[:5] == ["2026-03-01", "2", "1", "1", "1"]
    assert dict(zip(head, line, strict=True))["1 month, share"] == "0.5"


def test_names_are_those_of_the_report():
    assert get_args(schemas.CohortStep) == COHORT_STEPS
    assert get_args(schemas.NarrowedBy) == NARROWED_BY
    assert get_args(schemas.CohortFigure) == tuple(COHORT_FIGURES)


def test_api_is_what_the_command_prints(admin, rep, outsider, api_client):
    a_crowd(5, rep, outsider, size=6)
    asked: dict[str, Any] = {"step": "sql", "unit": "week", "by": "source"}
    words = [word for name, value in asked.items() for word in (f"--{name}", value)]
    out, table = io.StringIO(), io.StringIO()
    call_command("report", "cohorts", *words, "--group", "email", "--format", "json", stdout=out)
    call_command("report", "cohorts", *words, stdout=table)

    answer = api_client(admin).get(API, {**asked, "key": "email"})

    assert answer.json() == json.loads(out.getvalue())
    assert "within 12" in table.getvalue()
    row = answer.json()["rows"][0]
    people = api_client(admin).get(
        f"{API}people/", {**asked, "key": "email", "cohort": row["group"], "figure": "leads"}
    )
    assert len(people.json()["items"]) == row["leads"]


def test_people_of_another_team_are_not_counted(rep, outsider):
    a_lead(owner=outsider, steps={"mql": 1})

    asked = CohortQuestion(user=rep)

    assert cohorts(asked).rows == []
    assert people_of_cohort(asked, figure="leads") == []


def test_page_asks_the_same_however_much_there_is(
    rep, outsider, admin, signed_in, django_assert_num_queries
):
    client = signed_in(admin)
    a_crowd(1, rep, outsider, size=2)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        one = client.get(URL)

    a_crowd(2, rep, outsider, size=8)

    with django_assert_num_queries(len(few)):
        many = client.get(URL)

    assert many.status_code == 200
    assert many.content != one.content
