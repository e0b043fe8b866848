"""Nothing is open by forgetting: a view is public only when it says so."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from baton.core.access.doors import permission_of
from baton.core.access.models import User
from baton.core.access.slots import gates, session_rules
from baton.core.limits import begin_reading, end_reading
from baton.core.ui.back import page_shown


class SignedIn:
    """Sends strangers to sign in, except at views marked ``@public`` (or the API's own doors).

    Who is signed in reads times in their own zone. What they are shown stays in no cache, and is
    not there after signing out, unless the view says otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = begin_reading(None, is_masked=False)
        try:
            response = self.get_response(request)
        finally:
            end_reading(token)
            timezone.deactivate()
        if getattr(request, "is_inside", False) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the request through."""
        if permission_of(view) == "" or _is_api(request):
            return None
        if not all(rule.holds(request) for rule in session_rules):
            logout(request)
        else:
            # Themselves, not the wrapping that looks them up late: a page asks hundreds of times.
            request.user = get_user(request)
        if request.user.is_authenticated:
            request.is_inside = True  # type: ignore[attr-defined] # a mark of ours
            timezone.activate(ZoneInfo(request.user.local_zone))
            read_as(request)
            answers = (gate.stops(request) for gate in gates)
            return next((answer for answer in answers if answer is not None), None)
        return redirect_to_login(_way_back(request), settings.LOGIN_URL)


def read_as(request: HttpRequest) -> None:
    """What is read from now on is for this user, and masked where nothing is written."""
    user = cast(User, request.user)
    if user.kept_limits:
        begin_reading(user.limits, is_masked=request.method in {"GET", "HEAD"})


def _way_back(request: HttpRequest) -> str:
    """Where to go on after signing in; what was sent is found again on the page it stood on."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.get_full_path()
    return page_shown(request) or (request.get_full_path() if request.method == "GET" else "/")


def _is_api(request: HttpRequest) -> bool:
    """The API asks for keys itself; a session means nothing there."""
    match = request.resolver_match
    return match is not None and match.app_name == "ninja"
