"""Who has just sent a form is offered a way on; nobody else is."""

from datetime import timedelta

import pytest
import time_machine

from baton.core.steps import NextStep, Step, next_steps
from baton.marketing.capture import spool
from baton.marketing.capture.tests.factories import AT, a_page
from baton.marketing.capture.tests.strangers import Stranger
from baton.records.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(tmp_path, settings):
    settings.SPOOL_ROOT = tmp_path / "spool"
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller
    spool.close()


def test_thanks_offers_a_way_on_to_who_has_just_sent_the_form(monkeypatch, clock):
    page, stranger = a_page(), Stranger()
    stranger.open(page)
    clock.shift(timedelta(seconds=30))
    asked = []

    def offer(person_id, form_code):
        asked.append((person_id, form_code))
        return Step(label="Choose a time", text="Now", url="/somewhere/")

    monkeypatch.setattr(next_steps, "_items", [NextStep(name="x", offer=offer)])
    location = stranger.send(page)["Location"]

    assert 'href="/somewhere/"' in stranger.open(location).content.decode()
    assert asked == [(Person.objects.get().pk, page.form and page.form.code)]
    for path in (location.partition("?")[0], location[:-2], f"{location}&sent=x"):
        assert "/somewhere/" not in stranger.open(path).content.decode()
    clock.shift(timedelta(days=1, seconds=1))
    assert "/somewhere/" not in stranger.open(location).content.decode()
