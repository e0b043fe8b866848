"""Whether material helps, and what is missing."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest
from baton.records.material.permissions import EDIT_MATERIAL, VIEW_MATERIAL
from baton.records.material.queries import holes_now, works_of


@requires(VIEW_MATERIAL)
@require_GET
def works(request: HtmxRequest) -> HttpResponse:
    """Each figure opens its records, each gap the form that closes it."""
    user, now = user_of(request), timezone.now()
    found = works_of(user, at=now)
    context: dict[str, Any] = {
        "works": found,
        "rates": _rates(found.rates),
        "holes": [
            (hole, f"{reverse('material:new')}?{urlencode(hole.asked)}")
            for hole in holes_now(user, at=now)
        ],
        "may_edit": user.may(EDIT_MATERIAL),
    }
    return render(request, "material/works.html", context)


def _rates(rates: Any) -> list[dict[str, Any]]:
    """Won and lost, with what had material; none where nothing closed."""
    if rates is None:
        return []
    told = (("won", rates.won_with, rates.won), ("lost", rates.lost_with, rates.lost))
    return [
        {"state": state, "with": had, "all": count, "share": had / count}
        for state, had, count in told
        if count
    ]
