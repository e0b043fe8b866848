"""How far the deals of the latest 90 days came: a strip above the board, drawn by the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.home.queries import happens_much
from baton.core.ui.drawing import number
from baton.core.ui.formats import grouped, percent
from baton.core.ui.htmx import HtmxRequest
from baton.sales.deals.models import Stage
from baton.sales.deals.permissions import VIEW_DEALS
from baton.sales.deals.queries import Reached, Sight, funnel_of, stages_of
from baton.sales.deals.views.cards import board_query, board_url
from baton.sales.deals.views.loading import sight_of

WIDE, HIGH, GAP = 120, 56, 2  # of one stage, in units of the drawing


@dataclass(frozen=True, kw_only=True)
class FunnelStage:
    """``share``: of those in the stage before, "" for the first. ``path``: its piece."""

    name: str
    count: str
    share: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Funnel:
    sentence: str
    stages: list[FunnelStage]
    box: str  # the drawing's viewBox


@requires(VIEW_DEALS)
@require_GET
def funnel(request: HtmxRequest) -> HttpResponse:
    """The strip alone: what the board of a large house came without."""
    sight = sight_of(request)
    stages = stages_of(sight.pipeline) if sight.pipeline else []
    return render(request, "deals/funnel.html", {"funnel": _counted(sight, stages)})


def strip_of(request: HttpRequest, sight: Sight, *, stages: list[Stage]) -> dict[str, Any]:
    """Where much happens it follows the board by itself: it reads where each deal ever was."""
    if "whole" in request.GET or not happens_much():
        return {"funnel": _counted(sight, stages)}
    query = board_query(request.GET).urlencode()
    return {
        "funnel_url": f"{reverse('deals:funnel')}?{query}",
        "whole_url": board_url(request.GET, whole="1"),
    }


def _counted(sight: Sight, stages: list[Stage]) -> Funnel | None:
    return funnel_shown(funnel_of(sight, stages=stages))


def funnel_shown(reached: Sequence[Reached]) -> Funnel | None:
    """None while nothing was opened."""
    if not reached or not reached[0].count:
        return None
    counts = [one.count for one in reached]
    opened = ngettext("%(n)s deal opened", "%(n)s deals opened", counts[0]) % {"n": counts[0]}
    return Funnel(
        sentence=_("%(opened)s in the last 90 days, %(won)s won so far.")
        % {"opened": opened, "won": counts[-1]},
        stages=[
            FunnelStage(
                name=one.stage.name,
                count=grouped(one.count),
                share=_share(counts, place),
                path=_piece(counts, place),
            )
            for place, one in enumerate(reached)
        ],
        box=f"0 0 {WIDE * len(counts)} {HIGH}",
    )


def _share(counts: Sequence[int], place: int) -> str:
    if place == 0 or not counts[place - 1]:
        return ""
    return percent(counts[place] / counts[place - 1])


def _piece(counts: Sequence[int], place: int) -> str:
    """From this stage's height to the next one's, around the middle line."""
    here = _half(counts[place], of=counts[0])
    there = _half(counts[min(place + 1, len(counts) - 1)], of=counts[0])
    left, right = WIDE * place, WIDE * (place + 1) - GAP
    bend, middle = (left + right) / 2, HIGH / 2
    up = [(left, middle - here), (bend, middle - here), (bend, middle - there)]
    down = [(right, middle + there), (bend, middle + there), (bend, middle + here)]
    points = [
        ("M", up[0]), ("C", up[1]), (" ", up[2]), (" ", (right, middle - there)),
        ("L", down[0]), ("C", down[1]), (" ", down[2]), (" ", (left, middle + here)),
    ]  # fmt: skip
    return "".join(f"{mark}{number(x)} {number(y)}" for mark, (x, y) in points) + "Z"


def _half(count: int, *, of: int) -> float:
    """Half the height; a stage that somebody reached is never invisible."""
    return max(count / of * HIGH / 2, 1) if count else 0.5
