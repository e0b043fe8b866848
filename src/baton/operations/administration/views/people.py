from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.access.roles import LABELS, Role
from baton.core.calendars.queries import leave_now
from baton.core.saved.charges import held_by
from baton.core.settings.queries import organisation
from baton.core.signin.queries import has_second_step, history_of_sign_in, open_invitations
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration import actions
from baton.operations.administration.forms import HoursForm, UserForm
from baton.operations.administration.permissions import MANAGE_USERS, VIEW_USERS
from baton.operations.administration.queries import regions


@requires(VIEW_USERS)
@require_GET
def users(request: HtmxRequest) -> HttpResponse:
    known = User.objects.filter(deleted_at=None).select_related("team", "manager")
    away = leave_now(timezone.now())
    rows = [
        (user, LABELS.get(Role(user.role), user.role), away.get(user.pk))
        for user in known.order_by("name", "pk")
    ]
    return render(
        request,
        "administration/users.html",
        {"rows": rows, "open_count": open_invitations().count()},
    )


@requires(MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "POST"])
def user(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """Add (no key) or edit a colleague; a new one gets a password that is shown once."""
    known = get_object_or_404(User, key=key, deleted_at=None) if key else None
    was_active = bool(known and known.is_active)  # the form changes its own copy
    hours = HoursForm(
        request.POST or None, own=known.hours if known else None, otherwise=organisation().hours
    )
    form = UserForm(request.POST or None, instance=known)
    if request.method == "POST" and all([form.is_valid(), hours.is_valid()]):
        values = {**form.cleaned_data, "hours": hours.week}
        saved, password = actions.save_user(
            user=known, values=values, by=cast(User, request.user), at=timezone.now()
        )
        if password:
            return render(
                request, "administration/password.html", {"person": saved, "password": password}
            )
        return _saved(request, saved, has_left=was_active and not saved.is_active)
    status = 422 if request.method == "POST" else 200
    context: dict[str, Any] = {"form": form, "hours": hours, "known": known, "regions": regions()}
    if known:
        context |= {
            "has_second_step": has_second_step(known),
            "held": held_by(known, seen_by=cast(User, request.user)),
            "sign_in_history": history_of_sign_in(known)[:10],
        }
    return render(request, "administration/user.html", context, status=status)


def _saved(request: HtmxRequest, saved: User, *, has_left: bool) -> HttpResponse:
    """Whoever may sign in no more leaves things behind: their page says which."""
    if has_left and held_by(saved, seen_by=cast(User, request.user)):
        words = _("%(name)s may not sign in any more. Here is what still lies with them.")
        say(request, words % {"name": saved.name})
        return redirect("administration:user", saved.key)
    say(request, _("%(name)s is saved.") % {"name": saved.name})
    return redirect("administration:users")


@requires(MANAGE_USERS)
@never_cache
@require_POST
def new_password(request: HtmxRequest, key: UUID) -> HttpResponse:
    known = get_object_or_404(User, key=key, deleted_at=None)
    password = actions.give_new_password(user=known)
    return render(request, "administration/password.html", {"person": known, "password": password})
