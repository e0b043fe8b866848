from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.calendars.tests.factories import a_leave
from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.core.worktime.rules import DEFAULT_WEEK, BusinessHours
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.models import Activity
from baton.sales.customers import actions
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import checkins_to_tell
from baton.sales.customers.rules import Level, Rhythm, checkin_on
from baton.sales.customers.tests.factories import AT, a_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
TODAY = AT.date()  # a Monday
LIST = reverse("customers:customers")
HOURS = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")


@pytest.fixture
def halden(rep) -> Customer:
    """Sold and kept by the rep: nothing of a handover is owed."""
    firm = a_company(name="Halden", owner=rep)
    buyer = a_person(full_name="Ida Holm", company=firm, owner=rep)
    made = a_customer(by=rep, owner=rep, company=firm, person=buyer)
    made.refresh_from_db()
    return made


def _fresh(customer: Customer, *, at=AT) -> Customer:
    actions.refresh([customer.pk], at=at)
    return Customer.objects.get(pk=customer.pk)


@pytest.mark.parametrize(
    ("own", "days"),
    [(None, (90, 60, 30)), (14, (14, 14, 14)), (45, (45, 45, 30)), (180, (180, 60, 30))],
)
def test_who_is_not_well_is_spoken_with_sooner(own, days):
    rhythm = Rhythm(well=90, watch=60, risk=30, own=own)

    assert tuple(rhythm.days(one) for one in (Level.GREEN, Level.AMBER, Level.RED)) == days


@pytest.mark.parametrize(
    ("days", "agreed", "day"),
    [
        (7, None, date(2026, 3, 9)),
        (5, None, date(2026, 3, 9)),  # Saturday: the Monday after
        (90, date(2026, 3, 10), date(2026, 3, 10)),
        (7, date(2026, 3, 30), date(2026, 3, 30)),
        (7, date(2026, 3, 2), date(2026, 3, 9)),  # spoken with on that day: it is over
    ],
)
def test_next_day_is_a_working_day_after_the_latest_word(days, agreed, day):
    assert checkin_on(TODAY, days=days, agreed=agreed, hours=HOURS) == day


def test_next_check_in_is_counted_from_the_latest_word(rep, halden):
    assert halden.checkin_on == date(2026, 6, 1)  # 90 days after the start: a Sunday

    logged = actions.log_checkin(
        customer=halden,
        person=halden.person,
        kind="call",
        outcome="conversation",
        body="All is well.",
        by=rep,
        at=AT + 20 * DAY,
    )

    assert Activity.objects.get().pk == logged.pk
    assert logged.company == halden.company
    assert _fresh(halden, at=AT + 20 * DAY).checkin_on == date(2026, 6, 22)  # 20 June: a Saturday


def test_who_was_not_reached_is_still_due(rep, halden):
    actions.log_checkin(
        customer=halden,
        person=halden.person,
        kind="call",
        outcome="unanswered",
        body="",
        by=rep,
        at=AT + 20 * DAY,
    )

    assert _fresh(halden, at=AT + 20 * DAY).checkin_on == date(2026, 6, 1)


def test_nobody_of_another_customer_is_logged_here(rep, halden):
    with pytest.raises(actions.NotTheirs):
        actions.log_checkin(
            customer=halden,
            person=a_person(owner=rep),
            kind="call",
            outcome="conversation",
            body="",
            by=rep,
            at=AT,
        )


def test_issue_brings_the_check_in_forward(rep, halden):
    actions.open_issue(customer=halden, issue="Two meters are silent", by=rep, at=AT)

    assert _fresh(halden).checkin_on == date(2026, 5, 1)  # 60 days
    assert _fresh(halden, at=AT + 8 * DAY).checkin_on == date(2026, 4, 1)  # red: 30 days


def test_leave_of_the_owner_moves_the_day(rep, halden):
    a_leave(rep, days=7, length=3)  # Monday 9 to Wednesday 11

    actions.set_checkins(customer=halden, days=7, agreed_on=None, by=rep, at=AT)

    assert _fresh(halden).checkin_on == date(2026, 3, 12)


def test_own_rhythm_and_agreed_day_are_taken_back(rep, halden):
    first = actions.set_checkins(customer=halden, days=14, agreed_on=None, by=rep, at=AT)
    assert _fresh(halden).checkin_on == date(2026, 3, 16)
    second = actions.set_checkins(
        customer=halden, days=14, agreed_on=date(2026, 3, 5), by=rep, at=AT
    )
    assert _fresh(halden).checkin_on == date(2026, 3, 5)

    undo(batch=second, by=rep, at=AT)
    assert _fresh(halden).checkin_on == date(2026, 3, 16)
    undo(batch=first, by=rep, at=AT)
    assert _fresh(halden).checkin_on == date(2026, 6, 1)


def test_agreed_day_lies_ahead(rep, halden):
    with pytest.raises(actions.DayOver):
        actions.set_checkins(customer=halden, days=None, agreed_on=TODAY - DAY, by=rep, at=AT)


def test_nothing_is_due_while_the_handover_runs_or_they_are_gone(rep, colleague, halden):
    actions.give_customer(customer=halden, owner=colleague, by=rep, at=AT)
    assert _fresh(halden).checkin_on is None

    actions.give_customer(customer=halden, owner=rep, by=rep, at=AT)
    assert _fresh(halden).checkin_on == date(2026, 6, 1)
    actions.churn_customer(customer=halden, on=TODAY, reason="price", by=rep, at=AT)
    assert _fresh(halden).checkin_on is None


def test_overdue_one_is_told_once_until_somebody_spoke_with_them(rep, halden, run_background):
    late = AT + 95 * DAY
    actions.set_checkins(customer=halden, days=7, agreed_on=None, by=rep, at=AT)
    run_background()

    assert not list(checkins_to_tell(today=date(2026, 3, 9), most=9))  # the day itself is in time
    assert actions.tell_checkin(customer=halden, at=AT + 8 * DAY)
    assert not actions.tell_checkin(customer=halden, at=AT + 9 * DAY)
    assert not list(checkins_to_tell(today=date(2026, 3, 20), most=9))
    run_background()
    assert Notice.objects.get(kind="customer.checkin_late").user == rep

    said = {"person": halden.person, "kind": "call", "outcome": "conversation", "body": ""}
    actions.log_checkin(customer=halden, by=rep, at=AT + 10 * DAY, **said)
    assert list(checkins_to_tell(today=late.date(), most=9)) == [halden]
    assert actions.tell_checkin(customer=halden, at=AT + 30 * DAY)
    assert FactRecord.objects.filter(name="customer.checkin_late").count() == 2


def test_due_ones_stand_in_the_list_and_on_home(signed_in, rep):
    firms = [a_company(name=name, owner=rep) for name in ("Corvid", "Lund")]
    now = timezone.now()
    early, fresh = (a_customer(by=rep, owner=rep, company=firm, at=now) for firm in firms)
    Customer.objects.filter(pk=early.pk).update(checkin_on=now.date() - 3 * DAY)
    client = signed_in(rep)

    rows = client.get(LIST, {"view": "checkin"}).context["list"].rows
    assert [str(row.object) for row in rows] == ["Corvid"]
    home = client.get("/").content.decode()
    assert "Check-ins due" in home
    assert f"{early.get_absolute_url()}#checkin" in home
    assert f"{fresh.get_absolute_url()}#checkin" not in home


def test_check_in_is_logged_from_the_page(signed_in, rep, halden):
    client = signed_in(rep)
    url = reverse("customers:spoken", args=[halden.key])

    refused = client.post(url, {"person": halden.person.key, "how": "call-sent", "body": "Kept"})
    assert refused.status_code == 422
    assert "Kept" in refused.content.decode()
    client.post(url, {"person": halden.person.key, "how": "meeting-held", "body": "Sat together"})

    logged = Activity.objects.get()
    assert (logged.kind, logged.outcome, logged.body) == ("meeting", "held", "Sat together")
    page = client.get(halden.get_absolute_url()).content.decode()
    assert "every 90 days" in page


def test_rhythm_is_set_on_the_page(signed_in, rep, halden):
    client = signed_in(rep)
    url = reverse("customers:rhythm", args=[halden.key])

    assert client.post(url, {"days": "0"}).status_code == 422
    client.post(url, {"days": "21", "version": halden.version})

    halden.refresh_from_db()
    assert halden.checkin_days == 21


def test_looking_at_many_costs_as_many_questions_as_at_few(rep, colleague):
    def looked() -> int:
        with CaptureQueriesContext(connection) as asked:
            actions.refresh_all(at=AT + 200 * DAY)
        return len(asked)

    def more(count: int, name: str) -> None:
        for number in range(count):
            firm = a_company(name=f"{name} {number}", owner=rep)
            owner = (rep, colleague)[number % 2]
            a_customer(by=rep, owner=owner, company=firm)

    more(2, "Few")
    few = looked()
    more(8, "Many")
    assert looked() == few
