from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baton.core.signin.models import Session
from baton.core.signin.queries import device_words, sessions_of
from baton.core.signin.tasks import prune_sessions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"
)
PLACE = "/account/sessions/"


@pytest.fixture
def browser_of():
    """Somebody who typed their password into that browser, at that address."""

    def browse(user, agent=FIREFOX, ip="203.0.113.7"):
        client = Client(headers={"user-agent": agent}, REMOTE_ADDR=ip)
        asked = {"username": user.email, "password": user.name}
        assert client.post(reverse("signin:sign-in"), asked).status_code == 302
        return client

    return browse


def key_of(browser):
    return Session.objects.get(session_key=browser.session.session_key).key


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8.5.0", "curl"),
        ("", "Unknown device"),
    ],
)
def test_device_is_told_in_plain_words(agent, words):
    assert device_words(agent) == words


def test_own_sessions_are_listed_with_device_and_place_and_this_one_marked(
    rep, colleague, browser_of
):
    here = browser_of(rep)
    browser_of(rep, IPHONE, "2001:db8::5")
    browser_of(colleague, EDGE)

    page = here.get(PLACE)

    seen = {one.words: (one.session.ip, one.is_here) for one in page.context["devices"]}
    assert seen == {
        "Firefox on Linux": ("203.0.113.7", True),
        "Safari on iPhone": ("2001:db8::5", False),
    }
    assert "This one" in page.content.decode()


def test_one_session_is_ended_and_the_others_go_on(rep, browser_of):
    here, lost, third = browser_of(rep), browser_of(rep, IPHONE), browser_of(rep, EDGE)

    here.post(reverse("signin:end-session", args=[key_of(lost)]))

    assert [one.get(PLACE).status_code for one in (here, lost, third)] == [200, 302, 200]


def test_all_others_are_ended_at_once(rep, colleague, browser_of):
    here, lost, foreign = browser_of(rep), browser_of(rep, IPHONE), browser_of(colleague)

    here.post(reverse("signin:end-others"))

    assert [one.get(PLACE).status_code for one in (here, lost, foreign)] == [200, 302, 200]


def test_ending_the_session_one_sits_in_signs_out(rep, browser_of):
    here = browser_of(rep)

    answer = here.post(reverse("signin:end-session", args=[key_of(here)]))

    assert (answer["location"], here.get(PLACE).status_code) == ("/sign-in/", 302)


def test_session_of_somebody_else_is_not_there(rep, colleague, browser_of):
    here, foreign = browser_of(rep), browser_of(colleague)

    answer = here.post(reverse("signin:end-session", args=[key_of(foreign)]))

    assert (answer.status_code, foreign.get(PLACE).status_code) == (404, 200)


def test_new_password_leaves_this_session_alone_in_the_list(rep, browser_of):
    here = browser_of(rep)
    browser_of(rep, IPHONE)
    new = "a louder harbour"
    asked = {"old_password": rep.name, "new_password1": new, "new_password2": new}

    here.post(reverse("signin:password"), asked)

    assert [one.is_here for one in here.get(PLACE).context["devices"]] == [True]


def test_session_that_is_used_says_so_every_ten_minutes_and_keeps_its_key(rep, browser_of):
    here = browser_of(rep)
    long_ago = timezone.now() - timedelta(hours=2)
    Session.objects.update(seen_at=long_ago, created_at=long_ago)
    key = key_of(here)

    here.get(PLACE, REMOTE_ADDR="198.51.100.4")
    row = Session.objects.get()

    assert (row.key, row.created_at, row.ip) == (key, long_ago, "198.51.100.4")
    assert timezone.now() - row.seen_at < timedelta(minutes=1)


def test_page_of_a_fresh_session_writes_nothing(rep, browser_of):
    here = browser_of(rep)
    seen = Session.objects.get().seen_at

    here.get(PLACE)

    assert Session.objects.get().seen_at == seen


def test_session_that_is_saved_again_stays_the_same_one(rep, browser_of):
    here = browser_of(rep)
    before = Session.objects.get()
    session = here.session
    session["noted"] = "something"
    session.save()

    after = Session.objects.get()

    assert (after.key, after.agent, after.user) == (before.key, FIREFOX, rep)


def test_sessions_that_have_run_out_are_not_listed_and_forgotten(rep, browser_of):
    browser_of(rep)
    now = timezone.now()
    Session.objects.update(expire_date=now - timedelta(days=1))

    assert not sessions_of(rep, at=now).exists()

    prune_sessions.call()
    assert not Session.objects.exists()
