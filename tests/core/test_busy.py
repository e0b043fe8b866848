"""A write lock that does not come free: 503 with Retry-After, nothing stuck."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from baton.config.middleware import BusyDatabase
from baton.core.errors import TookTooLong


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
