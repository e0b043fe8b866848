"""What Django itself refuses: a problem to programs, a page to people."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from baton.core.api.problems import NOTHING, problem_response
from baton.core.ui import views

API = "/api/"
BROKEN = "Something broke here. The log says why."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, views.bad_request, 400, "This request cannot be read.", exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, views.not_found, 404, NOTHING, exception)


def broken(request: HttpRequest) -> HttpResponse:
    return _said(request, views.broken, 500, BROKEN)


def _said(
    request: HttpRequest, page: Callable[..., HttpResponse], status: int, detail: str, *error: Any
) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_response(status, detail)
    return page(request, *error)
