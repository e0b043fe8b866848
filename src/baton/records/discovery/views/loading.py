"""Who is at the screen, whom they ask, and the way back."""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from baton.core.access.doors import user_of
from baton.records.people.models import Person


def person_or_404(request: HttpRequest, key: UUID) -> Person:
    """Somebody who lives and whom this user sees: whoever sees them may ask them."""
    seen = Person.objects.visible_to(user_of(request)).living().select_related("company")
    return get_object_or_404(seen, key=key)


def back_to(request: HttpRequest, *, otherwise: str) -> str:
    """The page on which the button was pressed, when it is one of ours and not the form itself."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(shown, allowed_hosts={request.get_host()}):
        return otherwise
    parts = urlsplit(shown)
    if parts.path == request.path:
        return otherwise
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
