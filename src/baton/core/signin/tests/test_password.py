from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.access.actions import set_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
OLD, NEW = "a quiet harbour", "a louder harbour"
FORM = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def teo(rep):
    set_password(user=rep, password=OLD)
    return rep


def test_own_password_is_changed_and_other_sessions_end(teo, signed_in):
    here, elsewhere = signed_in(teo), signed_in(teo)
    before = here.session.session_key

    answer = here.post(reverse("signin:password"), FORM)
    teo.refresh_from_db()

    assert (answer.status_code, teo.check_password(NEW)) == (302, True)
    assert here.session.session_key != before
    assert here.get(reverse("signin:password")).status_code == 200
    assert elsewhere.get(reverse("signin:password")).status_code == 302


@pytest.mark.parametrize(
    ("over", "field", "words"),
    [
        ({"old_password": "a guess"}, "old_password", "That is not your present password."),
        ({"new_password2": "another"}, "new_password2", "match"),
        ({"new_password1": "1234", "new_password2": "1234"}, "new_password2", "too short"),
    ],
)
def test_bad_password_is_refused_with_the_form(teo, signed_in, over, field, words):
    answer = signed_in(teo).post(reverse("signin:password"), {**FORM, **over})
    teo.refresh_from_db()

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert words in str(answer.context["form"].errors)
    assert teo.check_password(OLD)


def test_stranger_is_sent_to_sign_in():
    assert Client().get(reverse("signin:password")).status_code == 302


def test_pages_inside_stay_in_no_cache(teo, signed_in, client):
    inside = signed_in(teo).get("/people/")
    secret = signed_in(teo).get(reverse("signin:password"))

    assert inside["Cache-Control"] == "private, no-store"
    assert "no-store" in secret["Cache-Control"]
    assert "private, no-store" not in client.get(reverse("signin:sign-in"))["Cache-Control"]


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        ({"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=a"}, "/people/?q=a"),
        ({"Referer": "http://testserver/people/new/"}, "/people/new/"),
        ({"Referer": "https://elsewhere.example/people/"}, "/"),
        ({}, "/"),
    ],
)
def test_whose_session_ended_comes_back_to_the_page_of_the_form(sent, back):
    door = Client().post("/people/new/", {"first_name": "Ann"}, headers=sent)

    assert door["location"] == f"{reverse('signin:sign-in')}?{urlencode({'next': back}, safe='/')}"
