"""What the doors of booking refuse before they look further, and how they say so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from baton.core.settings.queries import default_brand, look_of
from baton.core.strangers import only_from_our_page

LARGEST_BODY = 32_000  # bytes


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


from_our_page = only_from_our_page(largest=LARGEST_BODY, refuse=told)
