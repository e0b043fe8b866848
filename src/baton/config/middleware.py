"""What stands around every request."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from baton.config.refusals import API, around_us
from baton.core.api.problems import problem_response
from baton.core.strangers import NUL, has_nul
from baton.core.whence import Way, came_by
from baton.operations.administration.queries import needs_set_up

SET_UP, PUBLIC = "/set-up/", ("/p/", "/meet/", "/ask/")
UPLOADS = frozenset({"/imports/new/", "/api/v1/exchange/imports/"})
MEGABYTE = 1_000_000
FILES, FILES_AT_ONCE = ("/files/", f"{API}files/"), 4  # of the largest; of smaller ones more


class TrustedProxies:
    """A request that a proxy of ours hands on comes from whom, and over what, the proxy says.

    Whoever else sends such headers is not believed: anybody may write them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            if sender := _sender(request.headers.get("X-Forwarded-For", "")):
                request.META["REMOTE_ADDR"] = sender
            if request.headers.get("X-Forwarded-Proto") == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def _sender(said: str) -> str:
    """The last address that is no proxy of ours; anybody may have written those before it."""
    trail = [part.strip() for part in said.split(",")]
    last = next((part for part in reversed(trail) if part not in settings.TRUSTED_PROXIES), "")
    try:
        return str(ip_address(last))
    except ValueError:
        return ""


class CameByWeb:
    """What is done meanwhile came over the web; of strangers no address is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PUBLIC):
            with came_by(Way.PAGE):
                return self.get_response(request)
        with came_by(Way.WEB, ip=request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)


class Bounds:
    """Refuses at the door what nothing behind it takes: large bodies, those without a length, NULs.

    Whoever sends a body without a length, or parts of a file, would else fill memory or disk before
    anybody has asked who they are; and no column of PostgreSQL holds a NUL.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        status, words = _out_of_bounds(request)
        if not status:
            return self.get_response(request)
        if request.path_info.startswith(API):
            return problem_response(status, words)
        return _refused(status, words)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A NUL, however a form wraps it. Views without the form's token read the form later."""
        is_read_later = request.method != "POST" or getattr(view, "csrf_exempt", False)
        return None if is_read_later or not has_nul(request) else _refused(400, str(NUL))


def _refused(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def _out_of_bounds(request: HttpRequest) -> tuple[int, str]:
    """The status and the sentence of a refusal; 0 for what may come in."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and request.headers.get("Transfer-Encoding"):
        return 411, _("Say how long the body is (Content-Length).")
    most = _most(request.path_info)
    if length.isdecimal() and int(length) > most:
        one = _("That is too long to send: one megabyte is the most.")
        many = _("That is too long to send: %(n)s megabytes are the most.")
        return 413, many % {"n": most // 1_000_000} if most > MEGABYTE else one
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return 400, _("This address has a sign in it that no text has.")
    return 0, ""


def _most(path: str) -> int:
    """Bytes. Files are read by who may, after they were asked."""
    if path in UPLOADS:
        return int(settings.UPLOAD_MAX_SIZE)
    if path.startswith(FILES):
        return int(settings.FILE_MAX_SIZE) * FILES_AT_ONCE + MEGABYTE
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class ContentPolicy:
    """What a page may load: one policy for all of them, put together once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class FirstRun:
    """While nobody is here, every address leads to the set-up screen.

    Who has a session is somebody, and programs are told by the API that they have no key: neither
    costs a question. Of public pages only those are asked about that are not there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        is_known = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        if is_known or path == SET_UP or path.startswith((API, settings.STATIC_URL)):
            return self.get_response(request)
        if path.startswith(PUBLIC):
            response = self.get_response(request)
            return redirect(SET_UP) if response.status_code == 404 and needs_set_up() else response
        return redirect(SET_UP) if needs_set_up() else self.get_response(request)


class BusyDatabase:
    """What failed around us is said in the view's place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Else it is a bug, and stays loud."""
        return around_us(request, error)
