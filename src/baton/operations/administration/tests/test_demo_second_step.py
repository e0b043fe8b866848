"""The demo's accounts are everybody's; who plays one keeps their own sign-in."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from baton.core.access.actions import create_user, edit_user
from baton.core.access.roles import Role
from baton.core.demo.actions import note_roots
from baton.core.demo.slots import Story
from baton.core.signin.actions import ask_for_second_step, begin_second_step
from baton.core.signin.models import SecondStep
from baton.core.signin.rules.asking import Asked
from baton.operations.administration.demo import tell_company

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BE = "/demo/be/"
BACK = "/demo/back/"


@pytest.fixture
def cast(db):
    story = Story(at=AT, dice=Random(7))
    tell_company(story)
    note_roots(story)
    return story.cast["users"]


@pytest.fixture
def ada(cast):
    """A real admin beside them."""
    return create_user(name="Ada", role=Role.ADMIN, email="ada@coldwick.example", password="a")


def test_account_of_the_demo_has_no_second_step(cast, ada, signed_in):
    """It is everybody's: one phone would keep all others out."""
    browser, place = signed_in(cast["mara"]), reverse("signin:second-step")

    browser.post(reverse("signin:begin-second-step"))

    assert "everybody may be them" in browser.get(place).content.decode()
    assert not SecondStep.objects.exists()


def test_who_has_a_second_step_is_the_demos_people_and_comes_back(cast, ada, signed_in):
    browser = signed_in(ada)
    begin_second_step(user=ada)
    SecondStep.objects.update(confirmed_at=AT)

    browser.post(BE, {"who": str(cast["mara"].key)})
    played = str(get_user(browser))
    browser.post(BACK)

    assert (played, str(get_user(browser))) == ("Mara Boyd", "Ada")


def test_demos_people_are_not_led_to_one_but_somebody_who_took_an_account_over_is(
    cast, ada, signed_in
):
    ask_for_second_step(asked_of=Asked.ALL, grace=timedelta(), by=ada, at=AT)
    mara, teo = cast["mara"], cast["teo"]
    edit_user(user=teo, values={"email": "teo@coldwick.example"})

    answers = [signed_in(one).get("/people/") for one in (mara, teo)]

    assert [answer.status_code for answer in answers] == [200, 302]
    assert answers[1]["location"] == reverse("signin:second-step")
