"""Two who press in the same second, in transactions of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from baton.records.people.models import Person
from baton.sales.scheduling.actions import Taken, move_booking
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.tests.factories import AT, TUESDAY, a_booking, a_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("company")]


def at_once(*acts):
    """What each came to: a booking, or the name of the refusal."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait()
            return act()
        except (Taken, OperationalError) as no:  # SQLite may say that it is busy
            return type(no).__name__
        finally:
            connection.close()  # each thread has its own

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def page(rep):
    return a_page(rep)


def test_of_two_visitors_one_has_the_time_and_the_other_is_told(page):
    told = at_once(lambda: a_booking(page), lambda: a_booking(page))

    [booking] = Booking.objects.all()
    assert booking in told
    assert {one for one in told if one != booking} <= {"Taken", "OperationalError"}
    assert Person.objects.count() == 1


def test_double_click_in_one_second_is_one_booking(page):
    token = uuid4()
    said = {"token": token, "name": "Ida", "email": "ida@holm.example"}

    told = at_once(lambda: a_booking(page, **said), lambda: a_booking(page, **said))

    [booking] = Booking.objects.all()
    assert booking in told
    assert set(told) <= {booking, "OperationalError"}


def test_who_moves_to_a_time_that_somebody_takes_is_told(page):
    early = a_booking(page, start=TUESDAY.replace(hour=8))

    told = at_once(
        lambda: a_booking(page),
        lambda: move_booking(booking=early, start=TUESDAY, at=AT),
    )

    assert Booking.objects.filter(starts_at=TUESDAY).count() == 1
    assert sum(isinstance(one, Booking) for one in told) == 1
