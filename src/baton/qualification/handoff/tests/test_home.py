from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def home(browser):
    return browser.get("/").content.decode()


def test_home_of_a_rep_shows_their_leads_with_clocks(signed_in, rep, outsider, clock):
    a_default_pool(rep)
    lead = a_handoff(person=a_person(full_name="Lena Fischer"))
    clock.move_to(AT + timedelta(minutes=3))

    page = home(signed_in(rep))

    assert "12 min left" in page
    assert f'href="{reverse("handoff:lead", args=[lead.key])}" data-key="a"' in page
    assert "Lena Fischer" not in home(signed_in(outsider))


def test_leads_on_home_cost_the_same_however_many_wait(
    signed_in, rep, django_assert_max_num_queries
):
    a_default_pool(rep)
    browser = signed_in(rep)
    for _ in range(3):
        a_handoff()
    with django_assert_max_num_queries(100) as few:
        home(browser)
    for _ in range(4):
        a_handoff()

    with django_assert_max_num_queries(len(few)):
        page = home(browser)
    assert page.count("min left") == 5
