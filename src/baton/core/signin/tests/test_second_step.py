from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.sealed import BrokenSeal, seal, unseal
from baton.core.signin import actions
from baton.core.signin.models import RecoveryCode, SecondStep
from baton.core.signin.queries import codes_left, has_second_step, secret_of
from baton.core.signin.rules.codes import code_at, step_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PLACE = "/account/second-step/"


@pytest.fixture
def now(time_machine):
    """The middle of a half minute, which stands still."""
    at = timezone.now().replace(second=10, microsecond=0)
    time_machine.move_to(at, tick=False)
    return at


def shown_by_app(user: User, *, steps: int = 0) -> str:
    row = SecondStep.objects.get(user=user)
    return code_at(secret_of(row), step_at(timezone.now()) + steps)


@pytest.fixture
def teo(rep, now):
    """Teo, whose phone is set up; ``teo.papers`` are his recovery codes."""
    actions.begin_second_step(user=rep)
    before = now - timedelta(minutes=5)
    code = code_at(secret_of(SecondStep.objects.get(user=rep)), step_at(before))
    rep.papers = actions.confirm_second_step(user=rep, code=code, at=before)
    return rep


def at_the_door(user: User, **more: str) -> Client:
    """The password is typed already."""
    browser = Client()
    asked = {"username": user.email, "password": user.name, **more}
    assert browser.post("/sign-in/", asked)["location"] == "/sign-in/code/"
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_second_step_is_set_up_by_picture_and_words_and_one_code(rep, now, signed_in):
    browser = signed_in(rep)
    off = browser.get(PLACE).content.decode()

    browser.post(reverse("signin:begin-second-step"))
    page = browser.get(PLACE)
    wrong = browser.post(PLACE, {"code": "000000"})
    right = browser.post(PLACE, {"code": shown_by_app(rep)})

    assert "Set it up" in off
    assert page.context["setting"].written in page.content.decode()
    assert '<path d="M4 4h7v1h-7z' in page.content.decode()
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "not the code" in wrong.content.decode()
    assert (has_second_step(rep), len(right.context["codes"])) == (True, 10)
    assert right.context["codes"][0] in right.content.decode()
    assert "no-store" in right["Cache-Control"]


def test_second_step_that_is_only_begun_asks_for_nothing(rep, signed_in):
    actions.begin_second_step(user=rep)

    answer = Client().post("/sign-in/", {"username": rep.email, "password": rep.name})

    assert answer["location"] == "/"


def test_password_alone_lets_nobody_in(teo):
    browser = at_the_door(teo)

    assert not is_in(browser)
    assert browser.get("/people/")["location"].startswith("/sign-in/")


def test_code_of_the_app_lets_in_and_leads_on(teo):
    browser = at_the_door(teo, next="/people/?q=x")
    before = browser.session.session_key

    answer = browser.post("/sign-in/code/", {"code": shown_by_app(teo)})

    assert (answer["location"], is_in(browser)) == ("/people/?q=x", True)
    assert browser.session.session_key != before
    assert "waiting_for_code" not in browser.session


@pytest.mark.parametrize("steps", [-1, 1])
def test_phone_that_is_half_a_minute_off_lets_in(teo, steps):
    browser = at_the_door(teo)

    browser.post("/sign-in/code/", {"code": shown_by_app(teo, steps=steps)})

    assert is_in(browser)


@pytest.mark.parametrize("steps", [-2, 2])
def test_code_of_another_minute_is_refused(teo, steps):
    browser = at_the_door(teo)

    answer = browser.post("/sign-in/code/", {"code": shown_by_app(teo, steps=steps)})

    assert (answer.status_code, is_in(browser)) == (422, False)


@pytest.mark.parametrize("steps", [0, -1])
def test_code_that_was_used_or_one_before_it_is_refused(teo, steps):
    at_the_door(teo).post("/sign-in/code/", {"code": shown_by_app(teo)})
    other = at_the_door(teo)

    answer = other.post("/sign-in/code/", {"code": shown_by_app(teo, steps=steps)})

    assert (answer.status_code, is_in(other)) == (422, False)


def test_code_that_has_set_it_up_does_not_let_in(rep, now):
    actions.begin_second_step(user=rep)
    code = shown_by_app(rep)
    actions.confirm_second_step(user=rep, code=code, at=now)

    assert actions.accept_code(user=rep, code=code, at=now) is None


def test_recovery_code_lets_in_once_however_it_is_typed(teo):
    paper = teo.papers[3].lower().replace("-", " ")
    first, second = at_the_door(teo), at_the_door(teo)

    first.post("/sign-in/code/", {"code": paper})
    again = second.post("/sign-in/code/", {"code": paper})

    assert (is_in(first), is_in(second), again.status_code) == (True, False, 422)
    assert codes_left(teo) == 9
    assert "9 are left" in first.get(PLACE).content.decode()


def test_recovery_codes_are_kept_as_digests_and_the_secret_sealed(teo):
    kept = "".join(RecoveryCode.objects.values_list("digest", flat=True))
    row = SecondStep.objects.get(user=teo)

    assert not any(paper.replace("-", "") in kept for paper in teo.papers)
    assert len(secret_of(row)) == 20
    assert secret_of(row).hex() not in row.secret


def test_new_codes_ask_for_the_password_and_replace_the_old(teo, signed_in, now):
    browser, place = signed_in(teo), reverse("signin:new-codes")

    refused = browser.post(place, {"old_password": "a guess"})
    made = browser.post(place, {"old_password": teo.name})

    assert (refused.status_code, made.status_code) == (422, 200)
    assert "not your present password" in refused.content.decode()
    assert actions.accept_code(user=teo, code=teo.papers[0], at=now) is None
    assert actions.accept_code(user=teo, code=made.context["codes"][0], at=now)


def test_turning_it_off_asks_for_the_password(teo, signed_in):
    browser, place = signed_in(teo), reverse("signin:end-second-step")

    refused = browser.post(place, {"old_password": "a guess"})
    was_on = has_second_step(teo)
    browser.post(place, {"old_password": teo.name})

    assert (refused.status_code, was_on, has_second_step(teo)) == (422, True, False)
    assert not RecoveryCode.objects.exists()
    told = Change.objects.filter(cause="second step").order_by("pk").values_list("after", flat=True)
    assert list(told) == [{"second_step": True}, {"second_step": False}]


def test_second_step_that_is_on_is_not_begun_anew(teo, signed_in):
    before = SecondStep.objects.get(user=teo).secret

    signed_in(teo).post(reverse("signin:begin-second-step"))

    assert SecondStep.objects.get(user=teo).secret == before


def test_code_page_is_closed_without_a_password_and_ten_minutes_after(teo, time_machine, now):
    browser = at_the_door(teo)
    code = shown_by_app(teo)
    time_machine.move_to(now + timedelta(minutes=11), tick=False)

    assert Client().get("/sign-in/code/")["location"] == "/sign-in/"
    assert browser.post("/sign-in/code/", {"code": code})["location"] == "/sign-in/"


def test_password_that_changed_meanwhile_closes_the_code_page(teo):
    browser = at_the_door(teo)
    teo.set_password("another one")
    teo.save()

    assert browser.post("/sign-in/code/", {"code": shown_by_app(teo)})["location"] == "/sign-in/"


def test_wrong_codes_are_counted_with_wrong_passwords(teo, settings):
    settings.AXES_ENABLED = True
    browser = at_the_door(teo)

    tries = [browser.post("/sign-in/code/", {"code": "000000"}).status_code for _n in range(8)]

    assert tries == [422] * 7 + [429]
    assert browser.post("/sign-in/code/", {"code": shown_by_app(teo)}).status_code == 429
    assert Client().post("/sign-in/", {"username": teo.email, "password": "x"}).status_code == 429


def test_failed_try_is_kept_without_what_was_typed(teo, settings):
    settings.AXES_ENABLED = True

    at_the_door(teo).post("/sign-in/code/", {"code": "ABCD-EFGH"})

    kept = AccessAttempt.objects.get().post_data
    assert "ABCD" not in kept


def test_thirty_wrong_codes_close_it_from_whatever_address_and_an_hour_opens_it(teo, now):
    for _number in range(30):
        actions.accept_code(user=teo, code="000000", at=now)
    right = shown_by_app(teo)

    closed = actions.accept_code(user=teo, code=right, at=now)
    later = now + timedelta(hours=1)
    code = code_at(secret_of(SecondStep.objects.get(user=teo)), step_at(later))

    assert closed is None
    assert actions.accept_code(user=teo, code=code, at=later)


def test_what_is_sealed_is_opened_by_an_older_key_and_by_no_other(settings):
    [key] = settings.SEALING_KEYS
    other = "A" * 43 + "="
    sealed = seal("something")
    settings.SEALING_KEYS = [other, key]

    assert (unseal(sealed), seal("x") == seal("x")) == ("something", False)

    settings.SEALING_KEYS = [other]
    with pytest.raises(BrokenSeal):
        unseal(sealed)


def test_second_step_of_another_key_is_opened_by_paper_alone(teo, now, settings):
    code = shown_by_app(teo)
    settings.SEALING_KEYS = ["A" * 43 + "="]

    assert actions.accept_code(user=teo, code=code, at=now) is None
    assert actions.accept_code(user=teo, code=teo.papers[0], at=now)
