"""Where an act leads back to: the page that it was done on."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from baton.core.ui.htmx import HtmxRequest, go


def go_back(request: HtmxRequest, *, otherwise: str) -> HttpResponse:
    """To the page the browser shows, when it is one of ours."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(shown, allowed_hosts={request.get_host()}):
        return go(request, otherwise)
    parts = urlsplit(shown)
    if parts.path == request.path:
        return go(request, otherwise)
    return go(request, f"{parts.path}?{parts.query}" if parts.query else parts.path)
