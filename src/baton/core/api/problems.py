"""Errors as RFC 9457 problem details: one shape, one sentence, no stack traces."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from baton.core.errors import RuleViolation, TookTooLong, is_disk_full

logger = logging.getLogger(__name__)
NOTHING = "There is nothing here that this key may see."
NO_ROOM = "The server’s disk is full: nothing was saved. Make room there, and send it again."


class Problem(Exception):
    """Raised by a route or door; becomes the answer."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


def problem_response(status: int, detail: str, **more: Any) -> HttpResponse:
    """``application/problem+json`` with type, title, status, detail."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return JsonResponse(body | more, status=status, content_type="application/problem+json")


def speak_problems(api: NinjaAPI) -> None:
    """Let every refusal of this API come out as a problem."""

    def say(kind: type[Exception], status: int, detail: str = "") -> None:
        def handle(request: HttpRequest, error: Any) -> HttpResponse:
            return problem_response(status, detail or str(error))

        api.add_exception_handler(kind, handle)

    api.add_exception_handler(RuleViolation, _refused)
    say(Http404, 404, NOTHING)
    say(PermissionDenied, 403, "This key may not do that.")
    say(MultiPartParserError, 400, "The body is no multipart/form-data that could be read.")
    say(TooManyFilesSent, 422, "These are too many files at once.")
    say(TooManyFieldsSent, 422, "These are too many fields at once.")
    api.add_exception_handler(TookTooLong, _given_up)
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(AuthenticationError, _nobody)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(OperationalError, _busy)
    api.add_exception_handler(Exception, _broken)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    """``fields`` names what to mend, where a rule says it."""
    more = {"fields": list(error.fields)} if error.fields else {}
    return problem_response(409, str(error), **more)


def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(error.status, error.detail, **error.more)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(error.status_code, str(error))


def _nobody(request: HttpRequest, error: Any) -> HttpResponse:
    answer = problem_response(401, "Send a living API key: Authorization: Bearer baton_…")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _busy(request: HttpRequest, error: Any) -> HttpResponse:
    """A lock that was not to be had in time; other errors of the database are bugs."""
    if "lock" not in str(error):
        return _broken(request, error)
    return _later("The database is busy. Ask again in two seconds.", seconds=2)


def _given_up(request: HttpRequest, error: Any) -> HttpResponse:
    return _later(str(error), seconds=60)


def _later(detail: str, *, seconds: int) -> HttpResponse:
    answer = problem_response(503, detail)
    answer["Retry-After"] = str(seconds)
    return answer


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    """Ours to mend: the log has it whole, the caller one sentence."""
    if is_disk_full(error):
        return problem_response(507, NO_ROOM)
    logger.error("The API broke at %s", request.path, exc_info=error)
    return problem_response(500, "Something broke here. Nothing was saved; the log says why.")


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"at": ".".join(str(part) for part in one["loc"][1:]), "message": one["msg"]}
        for one in error.errors
    ]
    where = errors[0]["at"] if errors else "the request"
    return problem_response(
        422, f"Mend {where}: {errors[0]['message']}." if errors else "Unreadable.", errors=errors
    )
