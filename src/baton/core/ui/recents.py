"""The records that somebody opened last: in a signed cookie, so that looking writes nothing.

It is bound to its user, and names records only: whether they may still be seen is asked when read.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from baton.core.ui.slots import Finder, finders

COOKIE = "baton_recent"
MOST = 10
Recent = tuple[str, UUID]  # the finder's name, the record's key


def recents_of(request: HttpRequest) -> list[Recent]:
    """The latest first; [] when there are none, or they are somebody else's."""
    try:
        stored = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(request))
    except signing.BadSignature:
        return []
    return [(name, UUID(key)) for name, key in stored]


class Recents:
    """Takes down the page of a record that was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 200:
            finder, key = _opened(request)
            if finder and key and request.user.is_authenticated:
                _take_down(request, response, (finder.name, key))
        return response


def _opened(request: HttpRequest) -> tuple[Finder | None, UUID | None]:
    match = request.resolver_match
    key = match.kwargs.get("key") if match else None
    if match is None or not isinstance(key, UUID):
        return None, None
    return next((one for one in finders if one.page == match.view_name), None), key


def _take_down(request: HttpRequest, response: HttpResponse, opened: Recent) -> None:
    known = recents_of(request)
    if known[:1] == [opened]:
        return
    latest = [opened, *(one for one in known if one != opened)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([(name, key.hex) for name, key in latest], salt=_salt(request)),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _salt(request: HttpRequest) -> str:
    user: Any = request.user
    return f"{COOKIE}.{user.pk}"
