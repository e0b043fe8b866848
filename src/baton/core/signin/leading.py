"""Who lacks the second step that the company asks for is told, and after its grace led to it.

What this asks on every page comes with the user, in the query that reads them.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from baton.core.access.slots import Gate, UserMark, gates, user_marks
from baton.core.signin.models import SecondStep, SecondStepRule
from baton.core.signin.rules.asking import is_asked
from baton.core.signin.slots import is_exempt
from baton.core.ui.htmx import go
from baton.core.ui.slots import Banner, banners


def due_from(request: HttpRequest) -> datetime | None:
    """From when who asks gets no further without a second step; None: never, or they have one."""
    user: Any = request.user
    asked_of = getattr(user, "second_step_asked_of", None)
    if not asked_of or user.has_second_step or not is_asked(asked_of, user.role):
        return None
    due: datetime = user.second_step_asked_from
    return None if is_exempt(user) else due


def lead_there(request: Any) -> HttpResponse | None:
    """Everything but one's own sign-in waits until the second step is set up."""
    match = request.resolver_match
    if match is not None and match.app_name == "signin":
        return None
    due = due_from(request)
    return None if due is None or due > timezone.now() else go(request, _place())


def _banner(request: HttpRequest) -> dict[str, Any] | None:
    due = due_from(request)
    if due is None:
        return None
    return {"due": due, "is_late": due <= timezone.now(), "place": _place()}


def _place() -> str:
    return reverse("signin:second-step")


def _rule(column: str) -> Subquery:
    return Subquery(SecondStepRule.objects.filter(pk=1).values(column))


def plug_in() -> None:
    confirmed = SecondStep.objects.filter(user=OuterRef("pk"), confirmed_at__isnull=False)
    for column in ("asked_of", "asked_from"):
        user_marks.add(UserMark(name=f"second_step_{column}", expression=partial(_rule, column)))
    user_marks.add(UserMark(name="has_second_step", expression=lambda: Exists(confirmed)))
    gates.add(Gate(name="second step", stops=lead_there))
    banners.add(Banner(name="second-step", template="signin/banner.html", shown=_banner))
