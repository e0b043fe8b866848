"""What each role is told by which way, where nobody chose otherwise."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires
from baton.core.access.roles import LABELS, Role
from baton.core.notices import choices
from baton.core.notices.permissions import MANAGE_NOTICES
from baton.core.notices.queries import grid_of, kinds_of_role, ticked
from baton.core.notices.rules import COLUMNS
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say


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
        "has_mail": settings.MAIL_IS_SET_UP,
    }
    return render(request, "administration/notices.html", context)
