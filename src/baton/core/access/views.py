from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.core.access.doors import public, signed_in
from baton.core.access.folds import fold
from baton.core.access.models import User
from baton.core.ui.back import is_ours

THEMES = ("system", "light", "dark")


@public
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remembered in a cookie, so that the server can render it without a flash."""
    theme = request.POST.get("theme", "")
    response = redirect(_back(request))
    if theme in THEMES:
        response.set_cookie("baton_theme", theme, max_age=365 * 24 * 3600, samesite="Lax")
    return response


@signed_in
@require_POST
def fold_group(request: HttpRequest) -> HttpResponse:
    """Folds or opens a group of one's own sidebar; script has shown it already."""
    for name in ("fold", "open"):
        if group := request.POST.get(name):
            fold(cast(User, request.user), group, is_folded=name == "fold")
    is_shown = "HX-Request" in request.headers
    return HttpResponse(status=204) if is_shown else redirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    return back if is_ours(request, back) else "/"
