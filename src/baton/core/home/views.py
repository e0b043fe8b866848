from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from baton.core.access.doors import signed_in, user_of
from baton.core.home.queries import blocks_for, happens_much
from baton.core.home.slots import HomeBlock, HomePlace
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest


@signed_in
@require_safe
def home(request: HtmxRequest) -> HttpResponse:
    """Each role starts where its day starts; what a block shows is its module's."""
    shown: dict[str, list[str]] = {place: [] for place in HomePlace}
    with one_organisation():
        blocks = blocks_for(user_of(request))
        is_large = any(block.counts for block in blocks) and happens_much()
        for block in blocks:
            draw = _promised if is_large and block.counts else _drawn
            if drawn := draw(request, block):
                shown[block.place].append(drawn)
    return _page(request, shown)


@signed_in
@require_safe
def one_block(request: HtmxRequest, block: str) -> HttpResponse:
    """What the page came without; of a browser without scripts a page of its own."""
    found = next((one for one in blocks_for(user_of(request)) if one.name == block), None)
    if found is None:
        raise Http404
    with one_organisation():
        drawn = _drawn(request, found)
    if request.htmx:
        return HttpResponse(drawn)
    return _page(request, {found.place: [drawn] if drawn else []})


def _page(request: HtmxRequest, shown: dict[str, list[str]]) -> HttpResponse:
    return render(request, "home/home.html", {"blocks": shown, "is_bare": not any(shown.values())})


def _drawn(request: HtmxRequest, block: HomeBlock) -> str:
    return block.render(request)


def _promised(request: HtmxRequest, block: HomeBlock) -> str:
    return render_to_string("home/promised.html", {"block": block}, request=request)
