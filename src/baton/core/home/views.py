from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.home.queries import blocks_for
from baton.core.home.slots import HomePlace
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest


@signed_in
@require_safe
def home(request: HtmxRequest) -> HttpResponse:
    """Each role starts where its day starts; what a block shows is its module's."""
    shown: dict[str, list[str]] = {place: [] for place in HomePlace}
    with one_organisation():
        for block in blocks_for(cast(User, request.user)):
            if drawn := block.render(request):
                shown[block.place].append(drawn)
    return render(request, "home/home.html", {"blocks": shown, "is_bare": not any(shown.values())})
