"""What Ninja says otherwise than the house does."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI

from baton.core.api.problems import problem_response


class HouseAPI(NinjaAPI):
    """Every refusal is a problem."""

    def _get_urls(self) -> list[Any]:
        """Ninja answers 405 before any handler of ours is asked."""
        found = super()._get_urls()
        for pattern in found:
            assert isinstance(pattern, URLPattern)
            pattern.callback = _with_problem(pattern.callback)
        return found


def _with_problem(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        methods = ", ".join(sorted(answer["Allow"].split(", ")))
        refused = problem_response(answer.status_code, f"This address takes {methods}.")
        refused["Allow"] = methods
        return refused

    return spoken
