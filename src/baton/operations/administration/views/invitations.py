"""Who is invited: by a link that the admin hands on."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.access.roles import LABELS, Role
from baton.core.addresses import absolute, is_here_alone
from baton.core.errors import RuleViolation
from baton.core.signin.actions import invite, renew_invitation, revoke_invitation
from baton.core.signin.models import Invitation
from baton.core.signin.queries import open_invitations
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.forms import InvitationForm
from baton.operations.administration.permissions import MANAGE_USERS


@requires(MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "POST"])
def invitations(request: HtmxRequest) -> HttpResponse:
    """The open ones, and the form for one more; its link is shown once."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        try:
            made, secret = invite(**form.cleaned_data, by=by, at=timezone.now())
        except RuleViolation as no:
            form.add_error("email", str(no))
        else:
            return _page(request, InvitationForm(), **_link(made, secret))
    return _page(request, form)


@requires(MANAGE_USERS)
@never_cache
@require_POST
def renew(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another link in place of one that was lost, or is too old."""
    known = get_object_or_404(open_invitations(), key=key)
    try:
        secret = renew_invitation(invitation=known, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
        return redirect("administration:invitations")
    return _page(request, InvitationForm(), **_link(known, secret))


@requires(MANAGE_USERS)
@require_POST
def revoke(request: HtmxRequest, key: UUID) -> HttpResponse:
    known = get_object_or_404(open_invitations(), key=key)
    revoke_invitation(invitation=known, at=timezone.now())
    say(request, _("The link of %(email)s opens nothing any more.") % {"email": known.email})
    return redirect("administration:invitations")


def _link(invitation: Invitation, secret: str) -> dict[str, Any]:
    link = absolute(reverse("signin:invited", args=[secret]))
    return {"fresh": invitation, "link": link, "is_here_alone": is_here_alone()}


def _page(request: HtmxRequest, form: InvitationForm, **more: Any) -> HttpResponse:
    now = timezone.now()
    rows = [
        (row, LABELS.get(Role(row.role), row.role), row.expires_at <= now)
        for row in open_invitations().select_related("team", "invited_by")
    ]
    status = 422 if form.errors else 200
    context = {"form": form, "rows": rows, **more}
    return render(request, "administration/invitations.html", context, status=status)
