"""Customers of the past are written with as many statements for many as for one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.access.models import Share
from baton.core.calendars.queries import HoursBook
from baton.core.facts.models import FactRecord
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.customers import actions
from baton.sales.customers.actions import PastCustomer, PastStep
from baton.sales.customers.models import Customer, Step, Survey
from baton.sales.customers.tests.factories import AT, a_won_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_past(rep, owner, **over):
    firm = a_company(owner=rep)
    deal = a_won_deal(by=rep, company=firm, person=a_person(company=firm, owner=rep))
    done = PastStep(name="Call", whose="owner", due_on=AT.date(), by=owner, done_at=AT + DAY)
    open_yet = PastStep(name="Look", whose="owner", due_on=AT.date(), by=owner, done_at=None)
    said: dict[str, Any] = {
        "accepted_at": AT + HOUR,
        "called_at": AT + 9 * DAY,
        "steps": [done, open_yet],
    }
    return PastCustomer(deal=deal, owner=owner, seller=rep, started_at=AT, **(said | over))


def record(past, users):
    return actions.record_customers(past=past, book=HoursBook(users), at=AT + 30 * DAY)


def test_handover_plan_answer_and_leave_are_told_at_their_times(rep, colleague):
    asked = {"asked_at": AT + 9 * DAY, "answered_at": AT + 10 * DAY, "score": 9, "comment": "Good"}
    gone = {"churned_at": AT + 20 * DAY, "churn_reason": "price"}
    [row] = record([a_past(rep, colleague, **asked, **gone)], [rep, colleague])

    row.refresh_from_db()
    late = (row.handover, row.accept_late, row.call_late, row.churned_on, row.churn_reason)
    assert late == ("done", False, True, (AT + 20 * DAY).date(), "price")
    assert list(Step.objects.order_by("pk").values_list("done_by", flat=True)) == [
        colleague.pk,
        None,
    ]
    assert Survey.objects.get().score == 9
    opened = Share.objects.filter(cause="customer", user=colleague)
    assert set(opened.values_list("object_type", flat=True)) == {"company", "person"}
    told = FactRecord.objects.filter(company_id=row.company_id, name__startswith="customer.")
    assert list(told.order_by("happened_at", "pk").values_list("name", flat=True)) == [
        "customer.started",
        "customer.accepted",
        "customer.step_done",
        "customer.called",
        "customer.churned",
    ]


def test_who_sold_them_and_keeps_them_is_handed_nothing(rep):
    [row] = record([a_past(rep, rep)], [rep])

    assert (row.handover, row.accept_due_at, row.called_at) == ("none", None, None)


def test_many_cost_as_many_statements_as_one(rep, colleague):
    def statements(count):
        past = [a_past(rep, colleague) for _each in range(count)]
        with CaptureQueriesContext(connection) as asked:
            record(past, [rep, colleague])
        return len(asked)

    assert statements(1) == statements(6)
    assert Customer.objects.count() == 7
