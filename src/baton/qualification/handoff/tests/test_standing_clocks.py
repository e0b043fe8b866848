"""Clocks that stand still say why, on the desk."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.formats import date_format

from baton.core.access.actions import edit_user
from baton.core.calendars.actions import save_leave
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def desk(signed_in, rep):
    """What the rep reads at the moment of the handoff."""

    def read():
        with time_machine.travel(AT, tick=False):
            return signed_in(rep).get(reverse("handoff:desk")).content.decode()

    return read


def test_clock_stands_still_outside_the_hours_of_the_rep(desk, rep):
    edit_user(user=rep, values={"zone": "America/New_York"})
    a_default_pool(rep)
    a_handoff()

    page = desk()

    assert "Paused, outside working hours or on leave" in page
    assert "Starts 09:00" in page


def test_clock_of_who_is_away_says_until_when(desk, rep):
    a_default_pool(rep)
    a_handoff()
    until = AT.date() + timedelta(days=30)
    away = {"kind": "vacation", "from_on": AT.date(), "to_on": until}
    save_leave(user=rep, values=away, by=rep, at=AT)

    page = desk()

    assert f"On leave until {date_format(until, 'j M')}" in page


def test_leave_that_follows_on_leave_is_one(desk, rep):
    a_default_pool(rep)
    a_handoff()
    first, last = AT.date() + timedelta(days=4), AT.date() + timedelta(days=30)
    for begins, ends in ((first + timedelta(days=1), last), (AT.date(), first)):
        away = {"kind": "vacation", "from_on": begins, "to_on": ends}
        save_leave(user=rep, values=away, by=rep, at=AT)

    assert f"On leave until {date_format(last, 'j M')}" in desk()
