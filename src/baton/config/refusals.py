"""What Django itself refuses: a problem to programs, a page to people."""

import sys
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.core.api.problems import NO_ROOM, NOTHING, problem_response
from baton.core.errors import TookTooLong, is_disk_full
from baton.core.ui import views

API = "/api/"
RETRY_AFTER = "2"  # seconds
BROKEN = "Something broke here. The log says why."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, views.bad_request, 400, "This request cannot be read.", exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, views.not_found, 404, NOTHING, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Also of what breaks outside of a view, such as keeping a session."""
    failure = around_us(request, sys.exception())
    return failure or _said(request, views.broken, 500, BROKEN)


def around_us(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """A disk without room is a 507; a write lock that does not come free in time is a 503 that says
    when to ask again, and so is a report that was given up. None: a bug."""
    if is_disk_full(error):
        return _said(request, views.without_room, 507, NO_ROOM)
    is_slow = isinstance(error, TookTooLong)
    is_held = isinstance(error, OperationalError) and "lock" in str(error)
    if not is_slow and not is_held:
        return None
    context = {"sentence": str(error) if is_slow else ""}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _said(
    request: HttpRequest, page: Callable[..., HttpResponse], status: int, detail: str, *error: Any
) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_response(status, detail)
    return page(request, *error)
