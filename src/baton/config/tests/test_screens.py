"""What stands around screens is not there for programs."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from baton.config.screens import Messages, Sessions, Users

POLICY = "Content-Security-Policy"


@pytest.mark.parametrize(("path", "is_screen"), [("/people/", True), ("/api/v1/people/", False)])
def test_programs_have_neither_session_nor_user_nor_messages(path, is_screen):
    asked = RequestFactory().get(path)
    view = Sessions(Users(Messages(lambda _request: HttpResponse())))

    view(asked)

    held = [hasattr(asked, name) for name in ("session", "user", "_messages")]
    assert held == [is_screen] * 3


def test_what_programs_go_past_is_around_each_screen():
    own = [name for name in settings.MIDDLEWARE if name.startswith("baton.config.screens.")]
    assert [name.rpartition(".")[2] for name in own] == ["Sessions", "Users", "Messages"]


@pytest.mark.django_db
def test_every_answer_says_what_a_page_may_load(client, company):
    answers = [client.get(path) for path in ("/sign-in/", "/api/v1/people/", "/nowhere/")]

    policies = {answer[POLICY] for answer in answers}
    assert len(policies) == 1
    said = dict(part.strip().split(" ", 1) for part in policies.pop().split(";"))
    assert (said["default-src"], said["script-src"]) == ("'none'", "'self'")
    assert (said["img-src"], said["frame-ancestors"]) == ("'self' data:", "'none'")
