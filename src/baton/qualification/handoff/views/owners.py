"""The agreement between who sold and who looks after a customer; how it is kept is told above."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries import owners_terms
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import kept_above
from baton.qualification.handoff.terms import lines_read
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.views.standing import standing


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def agreement(request: HtmxRequest) -> HttpResponse:
    above = kept_above.find(Kind.OWNER)
    if above is None:
        raise Http404
    agreed = owners_terms()
    user, now = user_of(request), timezone.now()
    context = standing(Kind.OWNER, user=user, now=now) | {
        "sides": above.sides(user, agreed, now),
        "links": above.links(),
        "kept_url": above.kept_url(),
        "lines": lines_read(agreed),
    }
    return render(request, "handoff/owners.html", context)
