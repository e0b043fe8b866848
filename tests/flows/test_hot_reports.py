"""What reports and records ask of a million is asked of what it is about, once."""

import fnmatch
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.insight.goals.queries import FIGURES, Ledger
from baton.insight.goals.queries.counted import first_moves
from baton.insight.goals.queries.ledger import stood_as_customers
from baton.insight.goals.rules import Span
from baton.insight.improvements.queries.reading import Book
from baton.insight.lake.queries import kept
from baton.insight.reviews.queries import week_of
from baton.insight.reviews.queries.behind import asked_in
from baton.qualification.handoff.models import Handoff
from baton.qualification.lifecycle.tests.factories import move
from baton.records.discovery.queries import answers_of_deal
from baton.records.people.tests.factories import AT as BORN
from baton.records.people.tests.factories import a_person
from tests.flows.test_hot_queries import selects, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = Span(date(2026, 1, 1), date(2026, 3, 2))


def test_answers_of_a_deal_are_found_by_it_and_by_its_people(admin):
    with CaptureQueriesContext(connection) as sent:
        answers_of_deal(7, person_ids=[3, 4], user=admin)
    steps = [step for sql in selects(sent) for step in steps_of(sql)]

    assert fnmatch.filter(steps, "*INDEX discovery_of_deal (deal_id=?)")
    assert fnmatch.filter(steps, "SCAN V0*") == []


def test_whom_a_week_asked_is_looked_up_for_those_asked_alone(admin):
    span = week_of(date(2026, 3, 2)).within("due_at")
    with CaptureQueriesContext(connection) as sent:
        asked_in(span, user=admin, at=AT).count()
    [steps] = [steps_of(sql) for sql in selects(sent)]

    assert fnmatch.filter(steps, "SEARCH handoff_offer USING INDEX offer_due *")
    assert fnmatch.filter(steps, "SEARCH V0 USING INTEGER PRIMARY KEY (rowid=?)")


def test_handoffs_of_marketing_look_at_nobody_whom_it_handed_over():
    with CaptureQueriesContext(connection) as sent:
        Handoff.objects.of_marketing().count()
    [steps] = [steps_of(sql) for sql in selects(sent)]

    assert fnmatch.filter(steps, "SEARCH U0 USING COVERING INDEX person_of_sales (origin=?)")
    assert fnmatch.filter(steps, "*people_person*") == []


def test_moves_look_at_nobody_who_moved(company):
    for rows in (first_moves("mql"), stood_as_customers(AT)):
        with CaptureQueriesContext(connection) as sent:
            rows.count()
        [steps] = [steps_of(sql) for sql in selects(sent)]

        assert fnmatch.filter(steps, "*COVERING INDEX person_in_trash*")
        assert fnmatch.filter(steps, "*people_person*") == []


def test_leads_by_day_and_owner_are_counted_from_an_index_alone(company):
    figure = FIGURES["leads"]
    with CaptureQueriesContext(connection) as sent:
        Ledger(DAYS).entries(figure, figure.parts[0])
    [steps] = [steps_of(sql) for sql in selects(sent) if '"people_person"' in sql]

    assert fnmatch.filter(steps, "SEARCH people_person USING COVERING INDEX person_by_lead *")


def test_rows_that_several_figures_count_are_read_once(company):
    ledger = Ledger(DAYS)
    with CaptureQueriesContext(connection) as sent:
        for name in ("mqls", "cost_per_mql", "customers", "cac", "won", "revenue"):
            ledger.total(FIGURES[name], DAYS, None)
    counted = [sql for sql in selects(sent) if "COUNT(" in sql]

    # Handed over, first won, deals won, and purchases apart from them.
    assert len(counted) == 4


def test_who_went_on_in_time_is_reckoned_without_python(company):
    part = FIGURES["mql_to_sql"].parts[0]
    assert part.hit_within
    sql = str(part.rows().filter(part.hit_within(DAYS.last - DAYS.first)).query)

    assert "django_format_dtdelta" not in sql


def test_who_went_on_is_kept_until_somebody_moves(company, monkeypatch):
    monkeypatch.setattr(kept, "is_worth_keeping", lambda: True)
    kept.keeper.forget()
    person, days = a_person(), Span(BORN.date(), BORN.date() + timedelta(days=40))
    move(person, "mql")

    def counted():
        with CaptureQueriesContext(connection) as sent:
            found = Book(days).went_on(FIGURES["mql_to_sql"], days, within=timedelta(days=28))
        return found, sum("COUNT(" in sql and "stagechange" in sql for sql in selects(sent))

    first, again = counted(), counted()
    move(person, "sql", day=3)

    assert (first, again, counted()) == (((0, 1), 1), ((0, 1), 0), ((1, 1), 1))
    kept.keeper.forget()
