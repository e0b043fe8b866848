"""An installation without anybody is set up by who reads its terminal, and by nobody else."""

import logging
import re

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.settings.models import Organisation
from baton.core.signin.models import SetUpCode
from baton.operations.administration.actions import (
    AlreadySetUp,
    FirstAdmin,
    make_set_up_code,
    set_up_by_code,
)
from baton.operations.administration.queries import needs_set_up

pytestmark = pytest.mark.django_db
PLACE = "/set-up/"
SAID = {
    "company": "Coldwick",
    "zone": "Europe/Oslo",
    "country": "NO",
    "currency": "nok",
    "name": "Ada Wick",
    "email": "ada@coldwick.example",
    "password": "quite a long one",
}


@pytest.fixture
def code(db):
    return make_set_up_code(at=timezone.now())


@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/people/", "/nowhere/", "/p/some-page/", "/invited/x/"]
)
def test_every_address_leads_to_the_set_up_screen(path):
    assert Client().get(path)["location"] == PLACE


def test_programs_are_told_that_they_have_no_key():
    assert Client().get("/api/v1/people/").status_code == 401


def test_company_and_owner_are_made_and_signed_in(code):
    browser = Client()
    page = browser.get(PLACE)

    answer = browser.post(PLACE, SAID | {"code": code.lower().replace("-", " ")})

    house, ada = Organisation.objects.get(), User.objects.get()
    assert (page.status_code, answer.status_code, answer["location"]) == (200, 302, "/")
    assert "data-own-zone" in page.content.decode()  # the browser's stands there first
    assert (house.name, house.zone, house.country, house.base_currency) == (
        "Coldwick",
        "Europe/Oslo",
        "NO",
        "NOK",
    )
    assert (ada.name, ada.role, get_user(browser)) == ("Ada Wick", Role.OWNER, ada)
    assert ada.check_password(SAID["password"])
    assert not SetUpCode.objects.exists()


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"code": "AAAA-AAAA"}, "not the code in the terminal"),
        ({"code": ""}, "required"),
        ({"currency": "euro"}, "at most 3"),
        ({"currency": "EUX"}, "not a currency"),
        ({"password": "short"}, "too short"),
        ({"password": "ada@coldwick.example"}, "too similar"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_stranger_and_bad_answers_make_nothing(code, over, words):
    answer = Client().post(PLACE, SAID | {"code": code} | over)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_without_a_terminal_the_log_says_the_code_once(caplog):
    with caplog.at_level(logging.WARNING, logger="baton.operations.administration"):
        Client().get(PLACE)
        Client().get(PLACE)

    [said] = caplog.messages
    found = re.search(r"[A-Z2-7]{4}-[A-Z2-7]{4}$", said)
    assert found
    assert Client().post(PLACE, SAID | {"code": found[0]}).status_code == 302


def test_of_two_at_once_one_is_first_and_the_other_is_told(code):
    other = make_set_up_code(at=timezone.now())
    first = FirstAdmin(name="Ada", email="ada@coldwick.example", password="quite a long one")
    said = {"company": "Coldwick", "zone": "UTC", "currency": "EUR", "country": ""}
    set_up_by_code(code=code, first=first, at=timezone.now(), **said)

    with pytest.raises(AlreadySetUp):
        set_up_by_code(code=other, first=first, at=timezone.now(), **said)
    assert User.objects.count() == 1


def test_house_with_people_has_no_set_up_screen(company, admin):
    assert not needs_set_up()
    assert Client().get(PLACE)["location"] == "/"
    assert Client().post(PLACE, SAID)["location"] == "/"
    assert Client().get("/")["location"] == "/sign-in/?next=/"


def test_guide_goes_through_its_steps_and_each_may_be_skipped(code):
    browser = Client()
    browser.post(PLACE, SAID | {"code": code})

    home = browser.get("/").content.decode()
    for step in ("colleagues", "people", "agreement"):
        browser.post("/settings/guide/", {"step": step})
    after = browser.get("/").content.decode()

    assert "1 of 4 done" in home  # the company's country is said
    assert ">Open settings</a>" in home  # what is done can be opened again
    assert 'aria-label="Skip: The agreement"' in home
    assert 'href="/imports/new/"' in home
    assert "/settings/guide/" not in after


def test_step_that_was_skipped_is_taken_up_again(company, admin, signed_in):
    browser = signed_in(admin)
    browser.post("/settings/guide/", {"step": "people"})
    skipped = browser.get("/").content.decode()
    browser.post("/settings/guide/", {"step": "people", "back": "1"})

    assert "Take up: Your people and companies" in skipped
    assert "Take up" not in browser.get("/").content.decode()
    assert browser.post("/settings/guide/", {"step": "cats"}).status_code == 404


def test_guide_is_for_who_sets_baton_up(company, rep, signed_in):
    assert "/settings/guide/" not in signed_in(rep).get("/").content.decode()
    assert signed_in(rep).post("/settings/guide/", {"step": "people"}).status_code == 403


def test_cookie_of_another_house_is_no_way_around(db):
    """Browsers send cookies of one host to all its ports."""
    browser = Client()
    browser.cookies["baton_session"] = "x" * 32

    answer = browser.get("/", follow=True)

    assert answer.redirect_chain == [("/sign-in/?next=/", 302), (PLACE, 302)]
