"""The way back: to a page of this house, never out of it."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, url: str) -> bool:
    """Whether it is the address of a page of this house."""
    is_address = "/" in url  # else Django takes it for the name of a view
    return is_address and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def page_shown(request: HttpRequest) -> str:
    """The page of ours on which the button was pressed, as path and query; else ""."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not is_ours(request, shown):
        return ""
    parts = urlsplit(shown)
    page = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return page if is_ours(request, page) else ""  # with two slashes the path names another house


def back_of(request: HttpRequest, *, usual: str = "/") -> str:
    """The page of ours on which the act was done, unless that is its own form; else the usual."""
    page = page_shown(request)
    return usual if page.partition("?")[0] in {"", request.path} else page
