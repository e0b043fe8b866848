from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.actions import create_api_key, revoke_api_key
from baton.core.access.doors import requires, signed_in
from baton.core.access.models import ApiKey, User
from baton.core.access.roles import LABELS, Role
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration import actions
from baton.operations.administration.forms import KeyForm, OrganisationForm, UserForm
from baton.operations.administration.permissions import (
    MANAGE_KEYS,
    MANAGE_SETTINGS,
    MANAGE_USERS,
    VIEW_USERS,
)
from baton.operations.administration.queries import findings

MARKETING = {Role.MARKETER, Role.HEAD_OF_MARKETING, Role.VIEWER}


@signed_in
@require_GET
def home(request: HtmxRequest) -> HttpResponse:
    """Each role starts where its day starts: sales at the leads, marketing at the closed loop."""
    user = cast(User, request.user)
    return redirect("analytics:closed-loop" if user.role in MARKETING else "handoff:desk")


@requires(VIEW_USERS)
@require_GET
def users(request: HtmxRequest) -> HttpResponse:
    known = User.objects.filter(deleted_at=None).select_related("team").order_by("name", "pk")
    rows = [(user, LABELS.get(Role(user.role), user.role)) for user in known]
    return render(request, "administration/users.html", {"rows": rows})


@requires(MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """Add (no key) or edit a colleague; a new one gets a password that is shown once."""
    known = get_object_or_404(User, key=key, deleted_at=None) if key else None
    form = UserForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        saved, password = actions.save_user(user=known, values=form.cleaned_data)
        if password:
            return render(
                request, "administration/password.html", {"person": saved, "password": password}
            )
        say(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("administration:users")
    status = 422 if request.method == "POST" else 200
    return render(
        request, "administration/user.html", {"form": form, "known": known}, status=status
    )


@requires(MANAGE_USERS)
@require_POST
def new_password(request: HtmxRequest, key: UUID) -> HttpResponse:
    known = get_object_or_404(User, key=key, deleted_at=None)
    password = actions.give_new_password(user=known)
    return render(request, "administration/password.html", {"person": known, "password": password})


@requires(MANAGE_KEYS)
@require_http_methods(["GET", "POST"])
def keys(request: HtmxRequest) -> HttpResponse:
    form = KeyForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        _row, secret = create_api_key(
            user=chosen["user"], name=chosen["name"], scopes=chosen["scopes"] or None
        )
        form = KeyForm()
    rows = ApiKey.objects.filter(revoked_at=None).select_related("user").order_by("-pk")
    status = 422 if form.errors else 200
    context = {"form": form, "rows": rows, "secret": secret}
    return render(request, "administration/keys.html", context, status=status)


@requires(MANAGE_KEYS)
@require_POST
def revoke(request: HtmxRequest, key: UUID) -> HttpResponse:
    row = get_object_or_404(ApiKey, key=key)
    revoke_api_key(api_key=row, at=timezone.now())
    say(request, _("“%(name)s” opens nothing any more.") % {"name": row.name})
    return redirect("administration:keys")


@requires(MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def company(request: HtmxRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, instance=organisation())
    if request.method == "POST" and form.is_valid():
        actions.save_company(values=form.cleaned_data)
        say(request, _("Saved."))
        return redirect("administration:company")
    context = {"form": form, "findings": findings(at=timezone.now())}
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/company.html", context, status=status)
