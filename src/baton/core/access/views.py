from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from baton.core.access.doors import public

THEMES = ("system", "light", "dark")


@public
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remembered in a cookie, so that the server can render it without a flash."""
    theme = request.POST.get("theme", "")
    back = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if is_ours else "/")
    if theme in THEMES:
        response.set_cookie("baton_theme", theme, max_age=365 * 24 * 3600, samesite="Lax")
    return response
