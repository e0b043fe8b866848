"""What the doors of booking refuse before they look further, and how they say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from baton.core.settings.queries import default_brand, look_of
from baton.core.strangers import is_from_our_page

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
LARGEST_BODY = 32_000  # bytes


def from_our_page(view: View[P]) -> View[P]:
    """What is sent must be small and come from a page of ours.

    With the signed fields inside this replaces the CSRF token, which would need a cookie.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not is_from_our_page(request):
            return told(request, _("This form was sent from another site."), status=403)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_BODY:
            words = _("That is too long to send. Shorten your text.")
            return told(request, words, status=413)
        return view(request, *args, **kwargs)

    return guarded


def draw(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A public page under the company's name; no copy of it is kept anywhere."""
    around = look_of(default_brand())
    response = render(request, f"scheduling/public/{template}", around | context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def told(
    request: HttpRequest, text: str, *, status: int = 200, title: str = "", url: str = ""
) -> HttpResponse:
    """A plain page with one sentence, and a way on where there is one."""
    context = {"text": text, "title": title or _("We could not take that"), "url": url}
    return draw(request, "told.html", context, status=status)
