from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.actions import trash_team
from baton.core.access.doors import requires
from baton.core.access.models import Team
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration import actions
from baton.operations.administration.forms import TeamForm
from baton.operations.administration.permissions import MANAGE_USERS, VIEW_USERS
from baton.operations.administration.queries import members_of, regions, teams_with_members


@requires(VIEW_USERS)
@require_GET
def teams(request: HtmxRequest) -> HttpResponse:
    return render(request, "administration/teams.html", {"teams": teams_with_members()})


@requires(MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def team(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """Add (no key) or edit a team."""
    known = get_object_or_404(Team, key=key, deleted_at=None) if key else None
    form = TeamForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_team(team=known, values=form.cleaned_data)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("administration:teams")
    status = 422 if request.method == "POST" else 200
    members = members_of(known) if known else []
    context = {"form": form, "known": known, "members": members, "regions": regions()}
    return render(request, "administration/team.html", context, status=status)


@requires(MANAGE_USERS)
@require_POST
def delete_team(request: HtmxRequest, key: UUID) -> HttpResponse:
    known = get_object_or_404(Team, key=key, deleted_at=None)
    try:
        trash_team(team=known, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
        return redirect("administration:team", key=known.key)
    say(request, _("%(name)s is deleted.") % {"name": known.name})
    return redirect("administration:teams")
