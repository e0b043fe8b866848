"""One has the time, the other is told; who books becomes known, and nothing of theirs is lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from baton.core.calendars.tests.factories import a_free_day, a_leave
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.records.people.models import Consent, Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import log_activity
from baton.records.timeline.models import Activity, Task
from baton.sales.scheduling import actions, queries
from baton.sales.scheduling.actions import (
    MovedOften,
    NotAhead,
    NotHeldYet,
    Taken,
    TooMany,
    Visitor,
)
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.tests.factories import AT, TUESDAY, a_booking, a_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_stranger_becomes_a_person_with_a_meeting_a_task_and_a_fact(rep, run_background):
    booking = a_booking(a_page(rep), name="Ida Holm", email="ida@holm.example", phone="+47 22 33")
    run_background()

    person = Person.objects.get(pk=booking.person_id)
    assert (person.full_name, person.origin, person.owner) == ("Ida Holm", "marketing", rep)
    assert booking.ends_at - booking.starts_at == timedelta(minutes=30)
    task = Task.objects.get()
    assert (task.owner, task.due_at, task.person) == (rep, TUESDAY, person)
    fact = FactRecord.objects.get(name="meeting.booked")
    assert (fact.person_id, fact.touch, fact.payload["booking_id"]) == (
        *(person.pk, "theirs", booking.pk),
    )
    notice = Notice.objects.get(kind="meeting.booked")
    assert (notice.user, notice.what) == (rep, "Ida Holm")
    assert not Consent.objects.exists()


def test_known_person_keeps_what_they_have_and_gets_what_is_missing(rep, colleague):
    known = a_person(full_name="Ida Holm", emails=["ida@holm.example"], owner=colleague)

    booking = a_booking(a_page(rep), name="I. Other", email="IDA@holm.example", phone="+4722334455")

    assert booking.person == known
    known.refresh_from_db()
    assert (known.full_name, known.owner) == ("Ida Holm", colleague)
    assert known.phones.count() == 1


def test_second_at_the_same_time_is_told_and_sees_others(rep):
    page = a_page(rep)
    first = a_booking(page)

    with pytest.raises(Taken):
        a_booking(page)
    with pytest.raises(Taken):
        a_booking(page, start=TUESDAY - timedelta(minutes=7))

    assert list(Booking.objects.all()) == [first]
    assert a_booking(page, start=TUESDAY + timedelta(minutes=30)).pk


def test_double_click_is_one_booking(rep):
    page, token = a_page(rep), uuid4()
    visitor = Visitor(name="Ida", email="ida@holm.example", zone="UTC")
    call: dict[str, Any] = {"page": page, "start": TUESDAY, "visitor": visitor, "at": AT}

    first, second = (actions.book(token=token, **call) for _ in range(2))

    assert (first.is_new, second.is_new) == (True, False)
    assert first.booking == second.booking
    assert Booking.objects.count() == Task.objects.count() == 1


def test_nothing_is_offered_on_leave_holidays_or_beside_a_meeting_from_elsewhere(rep):
    page = a_page(rep)
    log_activity(kind="meeting", outcome="held", by=rep, at=TUESDAY, person=a_person(), minutes=60)
    a_free_day(days=2)
    a_leave(rep, days=3)

    days, _later = queries.free_days(page, zone=ZoneInfo("Europe/Berlin"), at=AT, most=3)

    on_tuesday = next(day for day in days if day.on == TUESDAY.date())
    assert not {TUESDAY, TUESDAY + HOUR / 2} & set(on_tuesday.starts)
    assert TUESDAY + HOUR in on_tuesday.starts
    taken = {(AT + DAY * 2).date(), (AT + DAY * 3).date()}
    assert not taken & {day.on for day in days}


def test_notice_runs_on_kindly_while_somebody_types(rep):
    page = a_page(rep, notice_hours=4)
    opened_at, late = TUESDAY - HOUR * 4, TUESDAY - HOUR * 3

    assert queries.is_free(page, TUESDAY, at=opened_at + timedelta(minutes=29))
    assert not queries.is_free(page, TUESDAY, at=late)


def test_same_person_holds_few_meetings_at_once(rep):
    page = a_page(rep)
    for number in range(3):
        a_booking(page, email="ida@holm.example", start=TUESDAY + HOUR * number)

    with pytest.raises(TooMany, match="Teo"):
        a_booking(page, email="ida@holm.example", start=TUESDAY + HOUR * 4)


def test_moved_meeting_frees_its_time_and_takes_its_task_along(rep):
    page = a_page(rep)
    booking = a_booking(page)

    moved = actions.move_booking(booking=booking, start=TUESDAY + HOUR, at=AT)
    again = actions.move_booking(booking=booking, start=TUESDAY + HOUR, at=AT)

    assert (moved.sequence, again.sequence) == (1, 1)
    assert Task.objects.get().due_at == TUESDAY + HOUR
    assert FactRecord.objects.filter(name="meeting.moved").count() == 1
    assert a_booking(page, start=TUESDAY).pk
    with pytest.raises(Taken):
        actions.move_booking(booking=booking, start=TUESDAY, at=AT)


def test_moved_meeting_stays_as_long_as_it_was_whatever_the_page_says_by_now(rep):
    long = a_booking(a_page(rep, minutes=60, buffer_after=15))
    page = a_page(rep, minutes=30, buffer_after=0)
    a_booking(page, start=TUESDAY + HOUR * 3)

    with pytest.raises(Taken):
        actions.move_booking(booking=long, start=TUESDAY + HOUR * 2, at=AT)
    days, _later = queries.free_days(
        page, zone=ZoneInfo("Europe/Berlin"), at=AT, most=2, without=long
    )

    offered = {start for day in days for start in day.starts}
    assert TUESDAY + HOUR * 3 / 2 in offered
    assert not {TUESDAY + HOUR * 2, TUESDAY + HOUR * 5 / 2} & offered


def test_buyer_moves_a_meeting_some_times_and_its_seller_as_often_as_needed(rep):
    """Whoever books may have written another's address: each move is a mail there."""
    booking = a_booking(a_page(rep))
    for number in range(5):
        actions.move_booking(booking=booking, start=TUESDAY + HOUR * (number + 1), at=AT)

    with pytest.raises(MovedOften, match="moved often"):
        actions.move_booking(booking=booking, start=TUESDAY, at=AT)

    assert actions.move_booking(booking=booking, start=TUESDAY, by=rep, at=AT).sequence == 6


def test_one_address_books_and_cancels_only_some_times_a_day(rep):
    page = a_page(rep)
    for _number in range(6):
        actions.cancel_booking(booking=a_booking(page, email="ida@holm.example"), at=AT)

    with pytest.raises(TooMany, match="tomorrow"):
        a_booking(page, email="ida@holm.example")

    by_seller = a_booking(page, email="ida@holm.example", by=rep)
    assert by_seller.state == "booked"


def test_cancelled_meeting_frees_its_time_once(rep):
    page = a_page(rep)
    booking = a_booking(page)

    actions.cancel_booking(booking=booking, at=AT)
    cancelled = actions.cancel_booking(booking=booking, at=AT)

    assert (cancelled.state, cancelled.sequence, cancelled.cancelled_by) == ("cancelled", 1, None)
    assert Task.objects.get().deleted_at is not None
    assert FactRecord.objects.filter(name="meeting.cancelled").count() == 1
    assert a_booking(page, start=TUESDAY).pk
    with pytest.raises(NotAhead):
        actions.move_booking(booking=booking, start=TUESDAY + HOUR, at=AT)


@pytest.mark.parametrize(
    ("came", "state", "outcome"), [(True, "came", "held"), (False, "no_show", "no_show")]
)
def test_who_came_stands_on_the_timeline_until_it_is_taken_back(rep, came, state, outcome):
    booking = a_booking(a_page(rep))
    with pytest.raises(NotHeldYet):
        actions.mark_came(booking=booking, came=came, by=rep, at=AT)

    actions.mark_came(booking=booking, came=came, by=rep, at=TUESDAY + HOUR)
    marked = actions.mark_came(booking=booking, came=came, by=rep, at=TUESDAY + HOUR)

    assert marked.state == state
    assert [one.outcome for one in Activity.objects.filter(deleted_at=None)] == [outcome]
    assert Task.objects.get().done_at
    back = actions.unmark(booking=booking, by=rep, at=TUESDAY + HOUR)
    assert back.state == "booked"
    assert not Activity.objects.filter(deleted_at=None).exists()
    assert Task.objects.get().done_at is None


def test_from_where_somebody_booked_is_forgotten_after_a_day(rep):
    booking = a_booking(a_page(rep), network="digest")
    assert queries.counted_since("digest", AT - HOUR) == 1

    assert actions.forget_networks(at=AT + DAY) == 0
    assert actions.forget_networks(at=AT + DAY + HOUR) == 1

    booking.refresh_from_db()
    assert booking.network == ""
