"""A write lock that does not come free: 503 with Retry-After, nothing stuck."""

from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import reverse

from baton.config.middleware import BusyDatabase
from baton.core.access.actions import create_api_key
from baton.core.api.problems import NO_ROOM
from baton.core.errors import TookTooLong
from baton.core.signin.middleware import Sessions
from baton.records.people import actions as people

NEW = {"last_name": "Fischer", "email": "lena@halden.example", "origin": "sales"}


def middleware():
    return BusyDatabase(lambda request: None)  # type: ignore[arg-type, return-value] # never called


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["database is locked", "canceling statement due to lock timeout"])
def test_lock_that_is_not_free_in_time_is_a_503_that_says_when_to_ask_again(words):
    request = RequestFactory().post("/people/")

    answer = middleware().process_exception(request, OperationalError(words))

    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")


@pytest.mark.django_db
def test_report_that_was_given_up_says_what_to_do():
    error = TookTooLong("Ask for fewer days.")

    answer = middleware().process_exception(RequestFactory().get("/insight/"), error)

    assert answer is not None
    assert answer.status_code == 503
    assert "<p>Ask for fewer days.</p>" in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError("no such table: x"), ValueError("locked")])
def test_other_errors_stay_loud(error):
    assert middleware().process_exception(RequestFactory().get("/"), error) is None


@pytest.fixture
def full():
    """As SQLite says it; PostgreSQL says 53100."""
    error = OperationalError("database or disk is full")
    error.__cause__ = type("Full", (Exception,), {"sqlite_errorcode": 13})()
    return Mock(side_effect=error)


def test_write_without_room_is_said_in_a_sentence(admin, company, signed_in, monkeypatch, full):
    """Also where it is the session that cannot be kept, outside of any view."""
    client, (_row, secret) = signed_in(admin), create_api_key(user=admin, name="a")
    client.raise_request_exception = False
    for target in ((people, "create_person"), (Sessions, "process_response")):
        monkeypatch.setattr(*target, full)
        answer = client.post(reverse("people:new"), NEW)
        assert answer.status_code == 507
        assert "disk is full" in answer.content.decode()
        monkeypatch.undo()
    monkeypatch.setattr(people, "create_person", full)
    said = client.post(
        "/api/v1/people/",
        {"full_name": "Lena Fischer"},
        "application/json",
        headers={"authorization": f"Bearer {secret}"},
    )
    assert (said.status_code, said.json()["detail"]) == (507, NO_ROOM)
