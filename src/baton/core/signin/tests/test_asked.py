"""The company asks for a second step: who lacks it is reminded, then led to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.models import Change
from baton.core.signin.actions import ask_for_second_step, begin_second_step
from baton.core.signin.models import SecondStep, SecondStepRule
from baton.core.signin.queries import who_lacks_second_step
from baton.core.signin.rules.asking import Asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LED = "/account/second-step/"


@pytest.fixture
def ask(admin):
    def tell(asked_of, days=0):
        now = timezone.now()
        ask_for_second_step(asked_of=asked_of, grace=timedelta(days=days), by=admin, at=now)

    return tell


def set_up(user):
    begin_second_step(user=user)
    SecondStep.objects.filter(user=user).update(confirmed_at=timezone.now())


@pytest.mark.parametrize(
    ("asked_of", "who_is_led"),
    [(Asked.NOBODY, []), (Asked.ADMINS, ["Ada"]), (Asked.ALL, ["Ada", "Teo"])],
)
def test_who_is_asked_and_has_none_is_led_to_it(admin, rep, signed_in, ask, asked_of, who_is_led):
    ask(asked_of)

    answers = {user.name: signed_in(user).get("/people/") for user in (admin, rep)}

    assert [n for n, answer in answers.items() if answer.headers.get("location") == LED] == (
        who_is_led
    )


def test_who_has_one_goes_on(rep, signed_in, ask):
    ask(Asked.ALL)
    set_up(rep)

    assert signed_in(rep).get("/people/").status_code == 200


def test_who_is_led_there_can_set_it_up_and_sign_out(rep, signed_in, ask):
    ask(Asked.ALL)
    browser = signed_in(rep)

    begun = browser.post(reverse("signin:begin-second-step"))

    assert begun["location"] == LED
    assert "Set it up to go on" in browser.get(LED).content.decode()
    assert browser.post(reverse("signin:sign-out"))["location"] == "/sign-in/"


def test_fragment_of_a_page_leads_the_whole_page(rep, signed_in, ask):
    ask(Asked.ALL)

    answer = signed_in(rep).get("/people/", headers={"hx-request": "true"})

    assert answer["HX-Redirect"] == LED


def test_in_their_grace_people_work_on_and_are_reminded(rep, signed_in, ask):
    ask(Asked.ALL, days=7)

    page = signed_in(rep).get("/people/")

    assert page.status_code == 200
    assert "asks for a second step at sign-in, from" in page.content.decode()


def test_keys_of_programs_go_on(rep, api_client, ask):
    ask(Asked.ALL)

    assert api_client(rep).get("/api/v1/people/").status_code == 200


def test_asking_again_moves_no_date_but_sooner_counts(ask):
    ask(Asked.ALL, days=7)
    first = SecondStepRule.objects.get().asked_from
    ask(Asked.ALL, days=14)
    second = SecondStepRule.objects.get().asked_from
    ask(Asked.ALL, days=0)

    assert (second == first, SecondStepRule.objects.get().asked_from < first) == (True, True)
    assert Change.objects.filter(object_type="second_step_rule").count() == 2


def test_who_lacks_it_is_listed(admin, rep, ask):
    set_up(admin)

    assert [user.name for user in who_lacks_second_step(Asked.ALL)] == ["Teo"]
    assert who_lacks_second_step(Asked.ADMINS) == []


def test_page_costs_no_further_query(rep, signed_in, ask, django_assert_num_queries):
    """The rule and one's own second step come with the user."""
    set_up(rep)
    browser = signed_in(rep)
    browser.get("/account/sessions/")
    with CaptureQueriesContext(connection) as without:
        browser.get("/account/sessions/")
    ask(Asked.ALL)

    with django_assert_num_queries(len(without)):
        page = browser.get("/account/sessions/")

    assert page.status_code == 200
