"""The board drawn anew after an act: its columns, its figures, what is said of it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from baton.core.ui.htmx import HtmxRequest, waiting_toasts
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.queries import CARDS, Sight, place_of, stages_of
from baton.sales.deals.views.board import board_parts
from baton.sales.deals.views.cards import cards_asked
from baton.sales.deals.views.listing import by_stage
from baton.sales.deals.views.loading import deal_beside, sight_of
from baton.sales.deals.views.shown import panel_of


def board_asked(request: HtmxRequest) -> QueryDict | None:
    """What the board shows that the sender is looking at; None when they are elsewhere."""
    here = urlsplit((request.htmx.current_url if request.htmx else "") or "")
    asked = QueryDict(here.query)
    is_board = here.path == reverse("deals:deals") and by_stage(asked)
    return asked if is_board else None


def columns(
    request: HttpRequest,
    asked: QueryDict,
    *,
    live: str = "",
    alert: str = "",
    is_aside: bool = False,
    status: int = 200,
    moved: Deal | None = None,
) -> HttpResponse:
    """The board's columns and figures; ``is_aside`` when something else was asked for.

    The column of who was ``moved`` is drawn as far as their card: nobody loses sight of it.
    """
    sight = sight_of(request, asked)
    stages = stages_of(sight.pipeline) if sight.pipeline else []
    asked = _as_far_as(asked, sight, moved, stages) if moved else asked
    context = {
        **board_parts(asked, sight, stages=stages),
        "live": live,
        "alert": alert,
    }
    partial = "aside" if is_aside else "moved"
    response = render(request, f"deals/board.html#{partial}", context, status=status)
    response.write(waiting_toasts(request))
    return response


def columns_and_panel(request: HtmxRequest, asked: QueryDict, **said: Any) -> HttpResponse:
    """The same, and the deal whose panel stands open beside them as it is after the act."""
    response = columns(request, asked, **said)
    shown = board_asked(request)
    deal = deal_beside(request, shown) if shown else None
    if shown and deal:
        context = panel_of(request, deal, asked=shown)
        response.write(render_to_string("deals/board.html#beside", context, request=request))
    return response


def _as_far_as(asked: QueryDict, sight: Sight, moved: Deal, stages: Sequence[Stage]) -> QueryDict:
    deal = Deal.objects.select_related("stage").get(pk=moved.pk)
    place = place_of(sight, deal)
    if place is None or place < cards_asked(asked, stages).get(deal.stage_id, CARDS):
        return asked
    words, key = asked.copy(), f"{deal.stage.key}:"
    others = [one for one in words.getlist("more") if not one.startswith(key)]
    words.setlist("more", [f"{key}{place + 1}", *others])
    return words
