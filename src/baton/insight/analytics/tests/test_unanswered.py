"""In the closed loop: leads that sales was handed and nobody answered, and what they cost."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from baton.insight.analytics.queries import Cell, Question, closed_loop, people_in
from baton.insight.analytics.rules import Basis
from baton.insight.analytics.tests.factories import a_lead, a_refusal, a_silence
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LOOP, PEOPLE = "/insight/closed-loop/", "/insight/closed-loop/people/"
API = "/api/v1/analytics"


@pytest.fixture
def silent():
    """Two of the four whom Spring brought for 1,000, and one of no campaign; one was answered."""
    spring = a_campaign(code="spring", name="Spring")
    a_cost(campaign=spring, amount=Decimal(1000))
    search: dict[str, Any] = {"channel": "search", "steps": {"mql": 1}}
    people = [a_lead(campaign=code, **search) for code in ("spring", "Spring", "")]
    for person in people:
        a_silence(person, at=AT + timedelta(days=1))
    answered, _never_handed = (a_lead(campaign="spring", **search) for _ in range(2))
    a_refusal(answered, reason="no_fit")
    a_lead(channel="email", steps={"mql": 1})
    return people


def told(question):
    report = closed_loop(question)
    return {
        row.label: (row.unanswered, row.unanswered_cost, row.unanswered_unknown)
        for row in [*report.rows, report.total]
    }


def behind(question, group=None):
    ids = people_in(question, Cell(column="unanswered", group=group))
    return set(Person.objects.filter(pk__in=ids))


def test_they_cost_what_a_lead_of_their_campaign_cost(silent):
    assert told(Question(by="source")) == {
        "search": (3, Decimal(500), 1),
        "email": (0, None, 0),
        "*": (3, Decimal(500), 1),
    }
    assert told(Question(by="campaign"))["Spring"] == (2, Decimal(500), 0)
    assert told(Question(by="campaign"))[""] == (1, None, 1)


def test_the_number_opens_the_people(silent):
    assert behind(Question(), "search") == set(silent)
    assert behind(Question(by="campaign"), "spring") == set(silent[:2])


def test_before_their_time_has_run_out_nobody_is_let_down(silent):
    assert closed_loop(Question(at=AT)).total.unanswered == 0


def test_by_event_the_day_of_the_handoff_counts(silent):
    day = AT.date() + timedelta(days=1)
    period: dict[str, Any] = {"from_on": day, "to_on": day}

    assert told(Question(basis=Basis.EVENT, **period))["*"] == (3, Decimal(500), 1)
    assert told(Question(basis=Basis.EVENT, from_on=date(2026, 12, 1)))["*"][0] == 0


def test_whom_sales_found_or_asked_again_marketing_did_not_hand_over(silent):
    a_silence(a_lead(origin="sales", steps={"sql": 1}))
    a_silence(a_lead(steps={"mql": 1}), lane="revisit")

    assert closed_loop(Question()).total.unanswered == 3


def test_somebody_let_down_twice_counts_once(silent):
    silent[0].handoffs.update(closed_at=AT + timedelta(days=9), state="unreachable")
    a_silence(silent[0], at=AT + timedelta(days=20))

    assert told(Question())["search"] == (3, Decimal(500), 1)


def test_who_sees_some_people_reads_how_many_and_no_cost(silent, rep):
    Person.objects.filter(pk__in=[one.pk for one in silent]).update(owner=rep)

    assert told(Question(user=rep))["search"] == (3, None, 3)


def test_screen_api_and_command_tell_the_same(silent, admin, signed_in, api_client):
    page = signed_in(admin).get(LOOP)
    api = api_client(admin)
    row = api.get(f"{API}/closed-loop/").json()["rows"][0]
    people = api.get(f"{API}/people/?column=unanswered&group=search").json()["items"]
    out = StringIO()
    call_command("report", "closed-loop", format="json", stdout=out)

    figures = ("unanswered", "unanswered_cost", "unanswered_cost_unknown")
    assert [row[name] for name in figures] == [3, 500.0, 1]
    assert json.loads(out.getvalue())["rows"][0] == row
    assert {one["key"] for one in people} == {str(one.key) for one in silent}
    assert "Of 1 of them it is unknown" in page.text
    assert "column=unanswered" in page.text
    listed = signed_in(admin).get(f"{PEOPLE}?column=unanswered&group=search")
    assert "Nobody answered, Search" in listed.text


def test_csv_has_both_figures(silent, admin, signed_in):
    out = StringIO()
    call_command("report", "closed-loop", format="csv", stdout=out)

    assert '"unanswered","unanswered_cost"' in out.getvalue()
    assert "Nobody answered" in signed_in(admin).get(f"{LOOP}export/").text
