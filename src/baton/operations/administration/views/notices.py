"""What each role is told by which way, where nobody chose otherwise."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires
from baton.core.access.models import Team
from baton.core.access.roles import LABELS, Role
from baton.core.notices import choices
from baton.core.notices.chats import room_page
from baton.core.notices.permissions import MANAGE_NOTICES
from baton.core.notices.queries import grid_of, kinds_of_role, ticked
from baton.core.notices.rooms import room_of
from baton.core.notices.rules import COLUMNS
from baton.core.notices.slots import notice_kinds
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say

TEAM_USUAL = ("lead.late", "lead.waits", "deal.won")  # ticked where a team has no chat yet


@requires(MANAGE_NOTICES)
@require_http_methods(["GET", "POST"])
def usual(request: HtmxRequest) -> HttpResponse:
    """A role at a time."""
    asked = request.GET.get("role", "")
    role = asked if asked in set(Role) else Role.REP.value
    kinds = kinds_of_role(role)
    url = f"{reverse('administration:notices')}?role={role}"
    if request.method == "POST":
        chosen = ticked(request.POST.getlist("way"), kinds)
        choices.choose_for_role(role=role, chosen=chosen)
        say(request, _("Saved."))
        return go(request, url)
    made = choices.usual_for(role)
    context = {
        "roles": [(one.value, label, one.value == role) for one, label in LABELS.items()],
        "columns": COLUMNS.values(),
        "rows": grid_of((kind, made[kind.name]) for kind in kinds),
        "url": url,
        "teams": Team.objects.filter(deleted_at=None).order_by("name"),
        "has_mail": settings.MAIL_IS_SET_UP,
    }
    return render(request, "administration/notices.html", context)


@requires(MANAGE_NOTICES)
@require_http_methods(["GET", "POST"])
def team_chat(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Where a team is told what concerns its members."""
    team = get_object_or_404(Team.objects.filter(deleted_at=None), key=key)
    room = room_of(team)
    chosen = room.kinds if room else TEAM_USUAL
    more = {"team": team, "kinds": [(kind, kind.name in chosen) for kind in notice_kinds]}
    url = reverse("administration:team-chat", args=[key])
    return room_page(request, team, template="administration/team_chat.html", url=url, more=more)
