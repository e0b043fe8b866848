"""Whom the figures count by which the agreement reckons: leads by their kind, steps of the goal."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest
from baton.core.words import label_of
from baton.qualification.handoff.behind import MOST, listed
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries.goals import people_who_reached
from baton.qualification.handoff.queries.worth import handed_in_the_year
from baton.qualification.handoff.rules import STEPS
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import LANES
from baton.records.people.models import Person


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def worth(request: HtmxRequest, lane: str = "") -> HttpResponse:
    """The leads of one kind, or of all, handed over in the last year; with ``?bought`` of those
    who bought the one after which they did."""
    if lane and lane not in LANES:
        raise Http404
    user, only_bought = user_of(request), "bought" in request.GET
    counted = handed_in_the_year(at=timezone.now(), lane=lane, only_bought=only_bought)
    rows = Handoff.objects.visible_to(user).filter(pk__in=counted.order_by().values("pk"))
    kind = LANES.get(lane, _("Leads handed over"))
    context = {
        "title": _("%(kind)s: bought") % {"kind": kind} if only_bought else kind,
        "period": _("Last year"),
        "is_effect": True,
        "counted": counted.count(),
        **listed(rows, user=user),
    }
    return render(request, "handoff/behind.html", context)


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def reached(request: HtmxRequest, step: str) -> HttpResponse:
    """The last year's MQLs who came as far as this step of the goal."""
    if step not in STEPS:
        raise Http404
    counted = people_who_reached(step, at=timezone.now())
    rows = Person.objects.visible_to(user_of(request)).filter(pk__in=counted)
    context = {
        "title": _("MQLs who reached %(step)s") % {"step": label_of(step)},
        "period": _("Last year"),
        "count": rows.count(),
        "counted": counted.distinct().count(),
        "people": rows.select_related("company").order_by("sort_key", "pk")[:MOST],
    }
    return render(request, "handoff/effect_people.html", context)
