import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff import actions
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


def links(page):
    return {unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)}


def test_manager_sees_who_is_late_and_who_carries_how_much(signed_in, rep, clock):
    head = create_user(name="Sam", role=Role.HEAD_OF_SALES, email="sam@fennmark.example")
    a_default_pool(rep)
    a_handoff(person=a_person(full_name="Lena Fischer"))
    accepted = a_handoff(person=a_person(full_name="Ben Okafor"))
    actions.accept_handoff(handoff=accepted, by=rep, at=AT)
    clock.move_to(AT + timedelta(minutes=20))
    browser = signed_in(head)

    page = home(browser)
    mine = f"/leads/open/?rep={rep.key}"
    shown = {
        words: [name for name in ("Lena Fischer", "Ben Okafor") if name in text]
        for words, link in (
            ("late", "/leads/open/?late"),
            ("all", "/leads/open/"),
            ("offered", f"{mine}&state=offered"),
            ("accepted", f"{mine}&state=accepted"),
            ("late of Teo", f"{mine}&late"),
        )
        if link in links(page)
        if (text := browser.get(link).content.decode())
    }

    assert "1 late" in page
    assert "2 with sales" in page
    assert shown == {
        "late": ["Lena Fischer"],
        "all": ["Lena Fischer", "Ben Okafor"],
        "offered": ["Lena Fischer"],
        "accepted": ["Ben Okafor"],
        "late of Teo": ["Lena Fischer"],
    }


def test_lists_behind_home_show_nobody_else(signed_in, rep, outsider):
    a_default_pool(rep)
    a_handoff(person=a_person(full_name="Lena Fischer"))
    day = AT.date().isoformat()

    for address in ("/leads/open/", f"/leads/handed/?from={day}&to={day}"):
        assert "Lena Fischer" in signed_in(rep).get(address).content.decode()
        assert "Lena Fischer" not in signed_in(outsider).get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/leads/open/?rep=nobody",
        "/leads/open/?rep=019a0000-0000-7000-8000-000000000000",
        "/leads/handed/",
        "/leads/handed/?from=0001-01-01&to=9999-12-31",
    ],
)
def test_lists_behind_home_refuse_what_is_nothing(signed_in, rep, address):
    assert signed_in(rep).get(address).status_code == 404


def test_marketer_sees_both_sides_and_what_sales_said(signed_in, marketer, month):
    page = home(signed_in(marketer))

    assert "44 MQLs a month" in page
    assert "2 of 3 MQLs were accepted." in page
    assert "No fit" in page
    assert "/leads/quality/behind/?months=3&column=handed&reason=no_fit" in links(page)


def test_who_answers_no_leads_is_not_told_that_there_are_none(signed_in, admin):
    assert "Nobody is waiting for you." not in home(signed_in(admin))
