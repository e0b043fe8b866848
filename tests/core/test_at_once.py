"""Facts that are heard in the transaction that tells them."""

import pytest
from django.db import transaction

from baton.core.facts import Origin, origin
from baton.core.facts.at_once import heard_at_once
from baton.core.facts.models import Cursor, FactRecord
from baton.core.keys import new_key
from tests.core.stories import NOTE_STEPS, seen, step_through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_waiting")]


def tell_at_once(count, *, first=0):
    with transaction.atomic(), heard_at_once(), origin(Origin.DEMO, batch=new_key()):
        step_through(count, first=first)


def test_facts_are_heard_when_they_are_told_and_never_again(run_background):
    tell_at_once(30)

    assert seen("batch") == list(range(30))
    assert not FactRecord.objects.filter(position=None).exists()
    places = FactRecord.objects.order_by("pk").values_list("position", flat=True)
    assert list(places) == list(range(1, 1 + len(places)))

    run_background()
    step_through(2, first=30)
    run_background()
    assert seen("batch") == list(range(32))


def test_who_has_something_before_it_to_hear_comes_to_it_later(run_background):
    step_through(5)

    tell_at_once(3, first=5)

    assert seen("batch") == []
    run_background()
    assert seen("batch") == list(range(8))


def test_error_of_who_hears_takes_all_back(run_background):
    place = Cursor.objects.get(name=NOTE_STEPS).position

    def fail():
        with transaction.atomic(), heard_at_once():
            step_through(3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert seen("batch") == []
    assert not FactRecord.objects.exists()
    assert Cursor.objects.get(name=NOTE_STEPS).position == place
