"""What stands around every request."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_AFTER = "2"  # seconds


class BusyDatabase:
    """A write lock that does not come free in time is a 503 that says when to ask again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only locks: other database errors are bugs and stay loud."""
        if not isinstance(error, OperationalError) or "lock" not in str(error):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = RETRY_AFTER
        return response
