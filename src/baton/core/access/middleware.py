"""Nothing is open by forgetting: a view is public only when it says so."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from baton.core.access.doors import permission_of


class SignedIn:
    """Sends strangers to sign in, except at views marked ``@public`` (or the API's own doors)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the request through."""
        if permission_of(view) == "" or request.user.is_authenticated or _is_api(request):
            return None
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def _is_api(request: HttpRequest) -> bool:
    """The API asks for keys itself; a session means nothing there."""
    match = request.resolver_match
    return match is not None and match.app_name == "ninja"
