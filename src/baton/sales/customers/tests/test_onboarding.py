from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.actions import log_activity
from baton.sales.customers import actions
from baton.sales.customers.models import Customer, Step, TemplateStep
from baton.sales.customers.queries import value_of
from baton.sales.customers.tests.factories import AT, a_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


def _health(customer: Customer) -> tuple[str, str]:
    customer.refresh_from_db()
    return customer.health, customer.reasons


def test_new_customer_gets_the_steps_in_working_days(admin, rep):
    actions.begin_with_usual(by=admin, at=AT)

    customer = a_customer(by=rep)

    steps = Step.objects.filter(customer=customer).order_by("due_on")
    assert [(one.whose, one.due_on) for one in steps] == [
        ("owner", date(2026, 3, 3)),
        ("seller", date(2026, 3, 4)),
        ("customer", date(2026, 3, 9)),
        ("owner", date(2026, 3, 16)),
        ("owner", date(2026, 3, 30)),
    ]
    with pytest.raises(actions.HasPlan):
        actions.begin_plan(customer=customer, by=rep, at=AT)


def test_usual_steps_come_once_and_go_by_undo(admin):
    batch = actions.begin_with_usual(by=admin, at=AT)
    actions.begin_with_usual(by=admin, at=AT)
    assert TemplateStep.objects.filter(deleted_at=None).count() == 5

    undo(batch=batch, by=admin, at=AT)
    assert not TemplateStep.objects.filter(deleted_at=None).exists()


def test_late_step_shows_in_the_health_until_it_is_done(rep):
    customer = a_customer(by=rep)
    on = AT.date()
    actions.add_step(customer=customer, name="Call", whose="owner", on=on, by=rep, at=AT)
    assert _health(customer) == ("green", "")

    actions.refresh_all(at=AT + DAY)
    assert _health(customer) == ("amber", "steps:amber:1")

    batch = actions.set_step(step=Step.objects.get(), is_done=True, by=rep, at=AT + DAY)
    assert _health(customer) == ("green", "")
    assert batch
    undo(batch=batch, by=rep, at=AT + DAY)
    assert _health(customer) == ("amber", "steps:amber:1")
    told = FactRecord.objects.filter(name="customer.health_changed").order_by("pk")
    assert [one["health"] for one in told.values_list("payload", flat=True)] == [
        "amber",
        "green",
        "amber",
    ]


def test_removed_step_is_not_late_and_comes_back(rep):
    customer = a_customer(by=rep)
    on = AT.date() - DAY
    actions.add_step(customer=customer, name="Call", whose="owner", on=on, by=rep, at=AT)

    batch = actions.remove_step(step=Step.objects.get(), by=rep, at=AT)
    assert _health(customer) == ("green", "")

    undo(batch=batch, by=rep, at=AT)
    assert _health(customer) == ("amber", "steps:amber:1")


def test_silence_is_ended_by_a_talk_with_anybody_there(rep, run_background):
    firm = a_company(name="Halden", owner=rep)
    customer = a_customer(by=rep, company=firm)
    other = a_person(owner=rep, company=firm)
    run_background()
    actions.refresh_all(at=AT + 50 * DAY)
    assert _health(customer) == ("amber", "quiet:amber:50")

    call: dict[str, Any] = {"kind": "call", "by": rep, "person": other}
    log_activity(outcome="unanswered", at=AT + 50 * DAY, **call)
    actions.refresh_all(at=AT + 51 * DAY)
    assert _health(customer) == ("amber", "quiet:amber:51")

    log_activity(outcome="conversation", at=AT + 51 * DAY, **call)
    actions.refresh_all(at=AT + 52 * DAY)
    assert _health(customer) == ("green", "")
    assert customer.contacted_at == AT + 51 * DAY


def test_issue_is_opened_and_solved_and_the_owner_hears_of_the_risk(rep, run_background):
    customer = a_customer(by=rep)
    run_background()

    actions.open_issue(customer=customer, issue="Meters fail", by=rep, at=AT)
    assert _health(customer) == ("amber", "issue:amber:0")
    actions.refresh_all(at=AT + 8 * DAY)
    assert _health(customer) == ("red", "issue:red:8")
    run_background()
    assert Notice.objects.filter(user=rep, kind="customer.health_changed").count() == 1

    batch = actions.close_issue(customer=customer, by=rep, at=AT + 8 * DAY)
    assert _health(customer) == ("green", "")
    undo(batch=batch, by=rep, at=AT + 8 * DAY)
    assert (customer.issue, _health(customer)[0]) == ("", "red")


def test_health_costs_the_same_for_many(rep):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            actions.refresh_all(at=AT + 60 * DAY)
        return len(seen)

    a_customer(by=rep, company=a_company(name="Halden", owner=rep))
    few = asked()
    for number in range(5):
        a_customer(by=rep, company=a_company(name=f"Firm {number}", owner=rep))
    Customer.objects.update(reasons="")

    assert asked() == few


def test_first_value_is_a_day_since_the_start(rep):
    customer = a_customer(by=rep)
    kwargs: dict[str, Any] = {"customer": customer, "by": rep, "at": AT + 20 * DAY}

    for bad in (AT.date() - DAY, AT.date() + 21 * DAY):
        with pytest.raises(actions.BadDay):
            actions.set_first_value(on=bad, **kwargs)
    actions.set_first_value(on=AT.date() + 12 * DAY, **kwargs)

    found = value_of(rep)
    assert (found.days, found.count) == (12, 1)


def test_median_is_of_those_whom_one_sees(rep, colleague, outsider):
    for days in (4, 10, 30):
        one = a_customer(by=rep)
        on = AT.date() + days * DAY
        actions.set_first_value(customer=one, on=on, by=rep, at=AT + 60 * DAY)

    assert (value_of(colleague).days, value_of(outsider).days) == (10, None)


def test_screens_tick_add_and_remove_steps(signed_in, rep, colleague):
    customer = a_customer(by=rep, at=timezone.now())
    client, own = signed_in(rep), customer.get_absolute_url()
    add = reverse("customers:add-step", args=[customer.key])
    typed = {"name": "Send the sheet", "whose": "owner", "due_on": "2020-01-01"}

    bad = client.post(add, {**typed, "due_on": "20026-01-01"})
    client.post(add, typed)
    step = Step.objects.get()
    tick = reverse("customers:step", args=[step.key])
    late = client.get(reverse("customers:steps")).content.decode()
    assert signed_in(colleague).post(tick).status_code == 404
    client.post(tick, {"done": "yes"})
    step.refresh_from_db()

    assert (bad.status_code, "Send the sheet" in bad.content.decode()) == (422, True)
    assert "Send the sheet" in late
    assert late.count(str(customer)) == 2  # its column, and below the step on a phone
    assert step.done_by == rep
    assert client.get(reverse("customers:steps")).context["list"].rows == []
    client.post(reverse("customers:remove-step", args=[step.key]))
    assert client.get(own).context["parts"] == []


def test_template_is_edited_by_who_manages(signed_in, admin, rep):
    client, url = signed_in(admin), reverse("customers:template")
    assert "Begin with the usual steps" in client.get(url).content.decode()

    client.post(reverse("customers:usual"))
    client.post(url, {"name": "Visit", "whose": "owner", "days": "30"})
    visit = TemplateStep.objects.get(name="Visit")
    one = reverse("customers:template-step", args=[visit.key])
    bad = client.post(one, {"name": "Visit", "whose": "owner", "days": "-1"})
    client.post(one, {"name": "Visit them", "whose": "owner", "days": "25"})
    client.post(reverse("customers:remove-template-step", args=[visit.key]))

    visit.refresh_from_db()
    assert (bad.status_code, visit.name, visit.days) == (422, "Visit them", 25)
    assert visit.deleted_at
    assert signed_in(rep).get(url).status_code == 403


def test_list_is_filtered_by_health_and_reason(signed_in, rep):
    a_customer(by=rep, company=a_company(name="Halden", owner=rep), at=timezone.now())
    ill = a_customer(by=rep, company=a_company(name="Corvid", owner=rep), at=timezone.now())
    client = signed_in(rep)
    issue = reverse("customers:issue", args=[ill.key])
    client.post(issue, {"issue": "Meters fail"})

    def shown(**asked: str) -> list[str]:
        page = client.get(reverse("customers:customers"), asked)
        return sorted(str(row.object) for row in page.context["list"].rows)

    assert shown(view="watch") == ["Corvid"]
    assert shown(filter='[1,["health","is","green"]]') == ["Halden"]
    assert shown(filter='[1,["reason","in",["issue"]]]') == ["Corvid"]
    assert "issue open for 0 days" in client.get(ill.get_absolute_url()).content.decode()
    assert ill.company
    assert "issue open for 0 days" in client.get(ill.company.get_absolute_url()).content.decode()


def test_median_stands_above_the_list_and_opens_whom_it_counts(signed_in, rep):
    for days in (4, 9):
        one = a_customer(by=rep, company=a_company(name=f"After {days}", owner=rep))
        on = AT.date() + days * DAY
        actions.set_first_value(customer=one, on=on, by=rep, at=AT + 60 * DAY)
    a_customer(by=rep, company=a_company(name="Not yet", owner=rep))
    client, url = signed_in(rep), reverse("customers:customers")

    page = client.get(url).content.decode()
    counted = client.get(url, {"filter": '[1,["first_value_on","is_set"]]'})

    assert "after 6.5 days" in page
    assert "median of 2 customers" in page
    assert len(counted.context["list"].rows) == 2
