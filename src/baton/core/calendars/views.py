"""One's own days off, and those of a colleague for who keeps the calendars."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.calendars import actions
from baton.core.calendars.forms import KINDS, LeaveForm
from baton.core.calendars.models import Leave
from baton.core.calendars.permissions import KEEP_LEAVE, MANAGE_CALENDARS
from baton.core.calendars.queries import leave_of_user
from baton.core.calendars.rules import LeaveKind
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say

NEW = {"kind": LeaveKind.VACATION}


@requires(KEEP_LEAVE)
@require_http_methods(["GET", "POST"])
def own(request: HtmxRequest) -> HttpResponse:
    """Mine."""
    return _page(request, user_of(request), url=reverse("calendars:own"))


@requires(MANAGE_CALENDARS)
@require_http_methods(["GET", "POST"])
def of_user(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A colleague's."""
    user = get_object_or_404(User, key=key, deleted_at=None)
    return _page(request, user, url=reverse("calendars:of", args=[key]))


@requires(KEEP_LEAVE)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Other days."""
    leave = _leave_or_404(request, key)
    return _page(request, leave.user, url=reverse("calendars:edit", args=[key]), leave=leave)


@requires(KEEP_LEAVE)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Taken back, with a way to have it again."""
    leave = _leave_or_404(request, key)
    batch = actions.trash_leaves(leave_ids=[leave.pk], by=user_of(request), at=timezone.now())
    say(request, _("Taken back."), undo_url=undo_of(batch))
    return go(request, home_of(leave.user, viewer=user_of(request)))


def _page(
    request: HtmxRequest, user: User, *, url: str, leave: Leave | None = None
) -> HttpResponse:
    viewer, at = user_of(request), timezone.now()
    form = LeaveForm(request.POST or None, initial=_initial(leave))
    if request.method == "POST" and form.is_valid():
        try:
            _saved, batch = actions.save_leave(
                user=user,
                leave=leave,
                values=form.values(),
                version=form.cleaned_data["version"],
                by=viewer,
                at=at,
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Days off saved."), undo_url=undo_of(batch))
            return go(request, home_of(user, viewer=viewer))
    ahead, past = leave_of_user(user, at=at)
    context = {
        "form": form,
        "who": user,
        "is_own": user == viewer,
        "url": url,
        "leave": leave,
        "home_url": home_of(user, viewer=viewer),
        "groups": [(_("Ahead"), _told(ahead)), (_("Past"), _told(past))],
    }
    status = 422 if form.errors else 200
    return render(request, "calendars/leave.html", context, status=status)


def _told(leaves: list[Leave]) -> list[dict[str, Any]]:
    return [
        {
            "leave": leave,
            "kind": KINDS[LeaveKind(leave.kind)],
            "days": f"{leave.days_away().days:g}",
        }
        for leave in leaves
    ]


def home_of(user: User, *, viewer: User) -> str:
    """Where all days off of that user stand."""
    own_url = reverse("calendars:own")
    return own_url if user == viewer else reverse("calendars:of", args=[user.key])


def _leave_or_404(request: HtmxRequest, key: UUID) -> Leave:
    seen = Leave.objects.visible_to(user_of(request)).select_related("user")
    return get_object_or_404(seen, key=key)


def _initial(leave: Leave | None) -> dict[str, Any]:
    if leave is None:
        return NEW
    return {name: getattr(leave, name) for name in (*actions.FIELDS, "version")}
