"""How often customers are spoken with differs by a table; changes reach check-ins to come."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.actions import undo
from baton.core.errors import RuleViolation
from baton.core.filters import BadFilter
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.customers import actions
from baton.sales.customers.models import CheckinRule, Customer
from baton.sales.customers.tests.factories import AT, a_customer, an_owners_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
TABLE = reverse("customers:rhythms")
LARGE = {"all": [{"field": "customer.employee_count", "op": ">=", "value": 500}]}
DEAR = {"all": [{"field": "customer.contract_amount", "op": ">=", "value": 50000}]}
MONTHLY = {"well": 30, "watch": 20, "risk": 10}


def a_row(name="Large ones", condition=LARGE, **over):
    values = {"name": name, "condition": condition, **MONTHLY, **over}
    return actions.save_checkin_rule(values=values, by=None, at=AT)


def firm(rep, *, size, name="Halden"):
    company = a_company(name=name, owner=rep, employee_count=size)
    buyer = a_person(full_name="Ida Holm", company=company, owner=rep)
    return a_customer(by=rep, owner=rep, company=company, person=buyer)


def fresh(customer, *, at=AT):
    actions.refresh([customer.pk], at=at)
    return Customer.objects.get(pk=customer.pk)


def talk(customer, rep, *, at):
    said = {"person": customer.person, "kind": "call", "outcome": "conversation", "body": ""}
    actions.log_checkin(customer=customer, by=rep, at=at, **said)
    return Customer.objects.get(pk=customer.pk)


@pytest.fixture
def boss():
    return create_user(name="Sam", role=Role.HEAD_OF_SALES, email="sam@x.example")


def test_first_row_that_fits_counts_and_everybody_else_is_as_agreed(rep):
    a_row()
    a_row("Dear ones", DEAR, well=14)
    large, small = firm(rep, size=800), firm(rep, size=10, name="Lund")
    dear = firm(rep, size=10, name="Corvid")
    Customer.objects.filter(pk=dear.pk).update(contract_amount=Decimal(60000), rhythm_since=None)

    found = {one.rhythm_rule: one.checkin_on for one in map(fresh, (large, small, dear))}

    assert found == {
        "Large ones": date(2026, 4, 1),
        "": date(2026, 6, 1),
        "Dear ones": date(2026, 3, 16),
    }


def test_a_change_reaches_check_ins_to_come_only(rep):
    halden = fresh(firm(rep, size=800))
    assert halden.checkin_on == date(2026, 6, 1)

    rule, _batch = a_row()
    assert fresh(halden, at=AT + 5 * DAY).checkin_on == date(2026, 6, 1)
    halden = talk(halden, rep, at=AT + 10 * DAY)
    assert (halden.rhythm_rule, halden.checkin_on) == ("Large ones", date(2026, 4, 13))

    actions.save_checkin_rule(rule=rule, values={"well": 60, "name": "Big"}, by=None, at=AT)
    actions.delete_checkin_rule(rule=rule, by=None, at=AT)
    again = fresh(halden, at=AT + 11 * DAY)
    assert (again.rhythm_rule, again.checkin_on) == ("Large ones", date(2026, 4, 13))


def test_what_is_agreed_for_everybody_else_reaches_check_ins_to_come_only(rep):
    halden = fresh(firm(rep, size=10))

    an_owners_agreement(checkin_well=7)

    assert fresh(halden, at=AT + DAY).checkin_on == date(2026, 6, 1)
    assert talk(halden, rep, at=AT + 2 * DAY).checkin_on == date(2026, 3, 11)


def test_health_still_brings_it_forward_by_the_row(rep):
    a_row()
    halden = fresh(firm(rep, size=800))

    actions.open_issue(customer=halden, issue="Two meters are silent", by=rep, at=AT)

    assert fresh(halden).checkin_on == date(2026, 3, 23)  # 20 days: a Sunday


def test_own_days_go_before_the_table(rep):
    a_row()
    halden = fresh(firm(rep, size=800))

    actions.set_checkins(customer=halden, days=14, agreed_on=None, by=rep, at=AT)

    assert fresh(halden).checkin_on == date(2026, 3, 16)


def test_rows_are_placed_and_taken_back(boss):
    first, _batch = a_row("First")
    second, batch = a_row("Second", position=1)
    assert list(CheckinRule.objects.in_order()) == [second, first]

    undo(batch=batch, by=boss, at=AT)

    assert [(one.name, one.position) for one in CheckinRule.objects.in_order()] == [("First", 1)]
    gone = actions.delete_checkin_rule(rule=first, by=boss, at=AT)
    assert not CheckinRule.objects.in_order().exists()
    undo(batch=gone, by=boss, at=AT)
    assert CheckinRule.objects.in_order().get() == first


def test_a_condition_that_makes_no_sense_is_refused():
    with pytest.raises(BadFilter):
        a_row(condition={"all": [{"field": "customer.nothing", "op": "is_set"}]})


def test_a_row_whose_field_is_gone_fits_nobody_and_says_so(rep, signed_in):
    a_row()
    CheckinRule.objects.update(condition={"all": [{"field": "customer.gone", "op": "is_set"}]})

    assert fresh(firm(rep, size=800)).rhythm_rule == ""
    assert "asks by a field that is gone" in signed_in(rep).get(TABLE).text


def test_the_table_is_read_written_and_told_as_the_reason(boss, rep, signed_in):
    client = signed_in(boss)
    typed = {
        "name": "Large ones",
        **MONTHLY,
        "row-0-field": "customer.employee_count",
        "row-0-op": ">=",
        "row-0-value": "500",
    }

    empty = client.post(reverse("customers:new-rhythm"), {"name": "No", **MONTHLY})
    client.post(reverse("customers:new-rhythm"), typed)
    table = client.get(TABLE).text

    rule = CheckinRule.objects.get()
    assert empty.status_code == 422
    assert "Employees at least 500" in table
    assert "Everybody else" in table
    halden = fresh(firm(rep, size=800))
    page = signed_in(rep).get(halden.get_absolute_url()).text
    assert "every 30 days" in page
    assert "by the row “Large ones”" in page
    client.post(reverse("customers:edit-rhythm", args=[rule.key]), typed | {"well": "45"})
    rule.refresh_from_db()
    assert rule.well == 45
    done = client.post(reverse("customers:delete-rhythm", args=[rule.key]), follow=True)
    assert "/undo/" in done.text
    assert not CheckinRule.objects.in_order().exists()


def test_a_rep_reads_the_table_and_changes_nothing(rep, signed_in):
    rule, _batch = a_row()
    client = signed_in(rep)

    assert "Large ones" in client.get(TABLE).text
    assert client.get(reverse("customers:edit-rhythm", args=[rule.key])).status_code == 403
    assert client.post(reverse("customers:new-rhythm"), {}).status_code == 403


def test_the_api_says_by_which_row(rep, api_client):
    a_row()
    halden = fresh(firm(rep, size=800))

    told = api_client(rep).get(f"/api/v1/customers/{halden.key}/").json()

    assert (told["checkin_rule"], told["checkin_on"]) == ("Large ones", "2026-04-01")


def test_many_cost_as_many_questions_as_few(rep):
    a_row()

    def asked():
        Customer.objects.update(rhythm_since=None)
        with CaptureQueriesContext(connection) as caught:
            actions.refresh_all(at=AT)
        return len(caught)

    firm(rep, size=800, name="One")
    few = asked()
    for number in range(6):
        firm(rep, size=number * 200, name=f"Firm {number}")
    assert asked() == few


def test_a_row_that_a_colleague_deleted_meanwhile_is_told_and_not_written(boss):
    rule, _batch = a_row()
    actions.delete_checkin_rule(rule=rule, by=boss, at=AT)

    with pytest.raises(RuleViolation, match="deleted meanwhile"):
        actions.save_checkin_rule(values={"name": "Small ones"}, rule=rule, by=boss, at=AT)

    assert CheckinRule.objects.get(pk=rule.pk).name == "Large ones"
