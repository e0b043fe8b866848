"""Who does not want to be remembered is not; which campaign brought them is known all the same."""

from datetime import timedelta

import pytest
import time_machine

from baton.marketing.capture import spool
from baton.marketing.capture.tests.factories import AT, a_form, a_page
from baton.marketing.capture.tests.strangers import Stranger
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _spool(tmp_path, settings):
    settings.SPOOL_ROOT = tmp_path / "spool"
    yield
    spool.close()


@pytest.mark.parametrize(
    ("query", "referer", "came"),
    [
        ("?utm_campaign=winter&utm_medium=email", "", ("email", "winter")),
        ("?gclid=x", "", ("paid_search", "")),
        ("", "https://www.google.com/", ("organic_search", "")),
        ("", "https://www.linkedin.com/", ("social", "")),
        ("", "https://blog.plant.example/", ("referral", "")),
        ("", "", ("direct", "")),
    ],
)
def test_who_says_no_keeps_the_way_they_came_for_the_form(query, referer, came):
    page, stranger = a_page(), Stranger()
    with time_machine.travel(AT, tick=False) as clock:
        stranger.open(f"{page.public_path()}{query}", referer=referer)
        answered = stranger.answer("no")
        ours = f"http://testserver{page.public_path()}"
        stranger.open(answered["Location"], referer=ours)
        clock.shift(timedelta(minutes=1))

        stranger.send(page)

    person = Person.objects.get()
    assert (person.channel, person.campaign) == came


def test_form_says_which_questions_may_be_left_out():
    html = Stranger().open(a_page(form=a_form())).content.decode()

    assert (">Company (optional)<" in html, ">Work email<" in html) == (True, True)
