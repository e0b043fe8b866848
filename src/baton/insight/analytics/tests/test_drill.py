"""Each figure equals the records behind it, under the same user."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.insight.analytics.queries import (
    GROUPS,
    PIPELINE_GROUPS,
    Cell,
    PipelineQuestion,
    Question,
    closed_loop,
    deals_in,
    people_in,
    pipeline,
)
from baton.insight.analytics.queries.drill import STEPS
from baton.insight.analytics.rules import Basis
from baton.insight.analytics.tests.factories import a_deal, a_lead, a_refusal, a_story
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_company
from baton.records.purchases.models import Product
from baton.sales.deals.models import Deal, DealLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MARCH: dict[str, Any] = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 31)}


def lines(report):
    """Each row with its group, and the totals with none."""
    return [*((row, row.group) for row in report.rows), (report.total, None)]


def found(question, cell):
    return set(Person.objects.filter(pk__in=people_in(question, cell)).values_list("pk", flat=True))


def assert_counted(question):
    for row, group in lines(closed_loop(question)):
        told = {column: row.reached(step) for column, step in STEPS.items()}
        told |= {"lost": row.lost, "unanswered": row.unanswered}
        behind = {column: len(found(question, Cell(column=column, group=group))) for column in told}
        assert behind == told


def test_every_count_equals_the_people_behind_it(rep, outsider, subtests):
    a_story(rep=rep, outsider=outsider)

    for by, period in product(GROUPS, [{}, MARCH, MARCH | {"basis": Basis.EVENT}]):
        with subtests.test(by=by, period=period):
            assert_counted(Question(by=by, user=rep, **period))


def assert_narrowed(question):
    for row, group in lines(closed_loop(question)):
        for column, step in STEPS.items():
            narrowed = [
                len(found(question, Cell(column=column, group=group, only=only)))
                for only in ("inferred", "stayed", "went_on")
            ]
            went_on = row.went_on.get(step, 0)
            assert narrowed == [row.inferred.get(step, 0), row.reached(step) - went_on, went_on]


def test_inferred_and_stayed_are_some_of_the_step(rep, outsider, subtests):
    a_story(rep=rep, outsider=outsider)

    for by in GROUPS:
        with subtests.test(by=by):
            assert_narrowed(Question(by=by, user=rep))


def test_median_leads_to_those_whose_days_are_known():
    known = a_lead(steps={"mql": 3})
    a_lead(steps={"mql": 3, "sal": 1})
    a_lead(steps={"sal": 4})

    timed = {
        column: len(found(Question(), Cell(column=column, only="timed")))
        for column in ("mqls", "sals")
    }

    assert timed == {"mqls": 2, "sals": 0}
    assert known.pk in found(Question(), Cell(column="mqls", only="timed"))


def test_money_leads_to_the_people_whose_deals_it_is(rep, outsider):
    a_story(rep=rep, outsider=outsider)
    question = Question(user=rep)

    behind = {
        column: sorted(
            Person.objects.filter(pk__in=found(question, Cell(column=column))).values_list(
                "channel", flat=True
            )
        )
        for column in ("pipeline_created", "revenue", "lost")
    }

    assert behind == {
        "pipeline_created": ["", "search", "search"],
        "revenue": ["search"],
        "lost": ["search"],
    }


def test_reasons_lead_to_those_who_were_turned_down(rep):
    refused, lost = (a_lead(owner=rep, steps={"mql": 1}) for _ in range(2))
    a_refusal(refused, reason="no_fit")
    a_deal(lost, state="lost")
    question = Question()

    everybody = found(question, Cell(column="reasons"))
    no_fit = found(question, Cell(column="reasons", kind="handoff", reason="no_fit"))

    assert (everybody, no_fit) == ({refused.pk, lost.pk}, {refused.pk})


def test_every_count_of_the_pipeline_equals_its_deals(rep, outsider, subtests):
    a_story(rep=rep, outsider=outsider)
    desk = Product.objects.create(name="Desk", sort_key="desk")
    both = a_deal(None, state="won", owner=rep, company=a_company(), opened_at=None)
    DealLine.objects.create(deal=both, product=desk, quantity=2, price=40)

    for by, period in product(PIPELINE_GROUPS, [{}, MARCH]):
        with subtests.test(by=by, period=period):
            question = PipelineQuestion(by=by, user=rep, **period)

            for row, group in lines(pipeline(question)):
                columns = ("created", "created_won", "open", "won", "lost", "undated")
                behind = {
                    column: Deal.objects.filter(
                        pk__in=deals_in(question, column=column, group=group)
                    ).count()
                    for column in columns
                }
                assert behind == {column: getattr(row, column) for column in columns}


def test_period_bounds_the_deals_behind_the_pipeline(rep):
    a_deal(None, owner=rep)
    a_deal(None, owner=rep, opened_at=AT.replace(year=2025))
    question = PipelineQuestion(user=rep, **MARCH)

    behind = Deal.objects.filter(pk__in=deals_in(question, column="created", group=None))

    assert (pipeline(question).total.created, behind.count()) == (1, 1)
    assert pipeline(question).total.open == 2


def test_people_behind_a_figure_are_found_once_for_their_number_and_their_page(signed_in, admin):
    a_lead()
    with CaptureQueriesContext(connection) as asked:
        page = signed_in(admin).get("/insight/closed-loop/people/", {"column": "leads"})

    assert page.context["list"].total == 1
    assert len([one for one in asked if "reached AS" in one["sql"]]) == 1
