from datetime import UTC, datetime, timedelta

import pytest

from baton.core.access.actions import edit_user
from baton.core.calendars.actions import save_leave, trash_free_days, trash_leaves
from baton.core.calendars.models import FreeDay, Leave
from baton.core.calendars.queries import HoursBook, hours_of, leave_now
from baton.core.calendars.tests.factories import AT, MONDAY, a_free_day, a_leave
from baton.core.changes.actions import undo
from baton.core.errors import RuleViolation
from baton.core.facts.models import FactRecord
from baton.core.worktime.rules import add_working_time

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR = timedelta(hours=1)


def due(user):
    """An hour of working time from 10:00 in Berlin on."""
    return add_working_time(AT, budget=HOUR, hours=hours_of(user)).isoformat()[:16]


def told():
    """Whose calendars changed, as facts say; 0 is everybody's."""
    facts = FactRecord.objects.filter(name="calendar.changed").order_by("pk")
    return [fact.payload["user_id"] for fact in facts]


def test_clock_waits_for_who_is_away_and_for_nobody_else(rep, colleague):
    a_leave(rep, length=2)

    assert (due(rep), due(colleague)) == ("2026-03-04T09:00", "2026-03-02T10:00")


def test_clock_waits_while_the_company_rests(rep):
    a_free_day()

    assert (due(rep), due(None)) == ("2026-03-03T09:00", "2026-03-03T09:00")


def test_yearly_day_is_free_in_later_years(rep):
    a_free_day(on=MONDAY.replace(year=2020), is_yearly=True)

    assert due(rep) == "2026-03-03T09:00"


def test_hours_of_many_take_three_queries(rep, colleague, outsider, django_assert_num_queries):
    for user in (rep, colleague):
        a_leave(user)
    a_free_day(days=9)

    with django_assert_num_queries(3):
        book = HoursBook([rep, colleague, outsider, None])
        found = [book.of(user) for user in (rep, colleague, outsider, None)]

    assert found == [hours_of(user) for user in (rep, colleague, outsider, None)]


@pytest.mark.parametrize(
    ("at", "is_away"),
    [
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), True),  # midnight in Berlin
        (datetime(2026, 3, 3, 10, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 11, 0, tzinfo=UTC), False),  # noon
    ],
)
def test_who_is_away_is_so_on_their_own_clock(rep, at, is_away):
    a_leave(rep, length=2, ends_at_noon=True)

    assert (rep.pk in leave_now(at)) is is_away


def test_days_begin_where_the_user_works(rep):
    edit_user(user=rep, values={"zone": "America/New_York"})
    rep.refresh_from_db()
    a_leave(rep)

    assert leave_now(AT) == leave_now(datetime(2026, 3, 2, 4, 59, tzinfo=UTC)) | leave_now(AT)
    assert rep.pk not in leave_now(datetime(2026, 3, 2, 4, 59, tzinfo=UTC))
    assert rep.pk in leave_now(datetime(2026, 3, 3, 4, 59, tzinfo=UTC))


def test_each_change_of_a_calendar_is_told(rep):
    leave = a_leave(rep)
    save_leave(user=rep, leave=leave, values={"note": "Sea"}, by=rep, at=AT)
    batch = trash_leaves(leave_ids=[leave.pk], by=rep, at=AT)
    undo(batch=batch, by=rep, at=AT)
    day = a_free_day(days=5)
    undo(batch=trash_free_days(day_ids=[day.pk], by=None, at=AT), by=None, at=AT)

    assert told() == [rep.pk] * 4 + [0] * 3
    assert (Leave.objects.living().count(), FreeDay.objects.living().count()) == (1, 1)


def test_days_are_off_once(rep, colleague):
    a_leave(rep, days=3, length=3)
    a_leave(colleague, days=3)

    with pytest.raises(RuleViolation, match=r"off already: 5 Mar to 7 Mar"):
        a_leave(rep, days=5, length=4)
    with pytest.raises(RuleViolation, match="free already"):
        a_free_day(days=a_free_day(days=8).on.day - MONDAY.day)


def test_leave_stays_in_the_trash_where_others_took_its_days(rep):
    leave = a_leave(rep)
    batch = trash_leaves(leave_ids=[leave.pk], by=rep, at=AT)
    a_leave(rep)

    with pytest.raises(RuleViolation):
        undo(batch=batch, by=rep, at=AT)


def test_edit_of_leave_is_undone(rep):
    leave = a_leave(rep)
    values = {"to_on": MONDAY + timedelta(days=4), "ends_at_noon": True}

    _leave, batch = save_leave(user=rep, leave=leave, values=values, by=rep, at=AT)
    undo(batch=batch, by=rep, at=AT)

    leave.refresh_from_db()
    assert (leave.to_on, leave.ends_at_noon) == (MONDAY, False)
