"""Who asks, for which days, persona and stage."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.insight.journey.queries import Asked, living_personas
from baton.insight.journey.rules import Code
from baton.records.audience.models import Persona

DAYS = (30, 90, 365)
USUAL = 90


def days_of(request: HttpRequest) -> int:
    """The latest so many; the usual where the address says nothing that is offered."""
    said = request.GET.get("days", "")
    return int(said) if said in map(str, DAYS) else USUAL


def asked_by(request: HttpRequest) -> Asked:
    """Raises Http404 for a persona that is none."""
    user, now = user_of(request), timezone.now()
    since = now - timedelta(days=days_of(request))
    persona = _persona(request, user)
    return Asked(user=user, since=since, until=now, now=now, persona=persona)


def _persona(request: HttpRequest, user: User) -> Persona | None:
    said = request.GET.get("persona", "")
    if not said:
        return None
    try:
        key = UUID(said)
    except ValueError as no:
        raise Http404 from no
    found = next((one for one in living_personas(user) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def code_of(request: HttpRequest) -> Code:
    """Raises Http404."""
    try:
        return Code(request.GET.get("stage", ""))
    except ValueError as no:
        raise Http404 from no


def url_of(name: str, **asked: object) -> str:
    """Without what is empty."""
    said = {key: one for key, one in asked.items() if one}
    return f"{reverse(f'journey:{name}')}{'?' if said else ''}{urlencode(said)}"
