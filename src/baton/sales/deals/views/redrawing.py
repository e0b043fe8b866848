"""The board drawn anew after an act: its columns, its figures, what is said of it."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from baton.core.ui.htmx import HtmxRequest, waiting_toasts
from baton.sales.deals.queries import stages_of
from baton.sales.deals.views.board import board_parts
from baton.sales.deals.views.listing import by_stage
from baton.sales.deals.views.loading import sight_of


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
) -> HttpResponse:
    """The board's columns and figures; ``is_aside`` when something else was asked for."""
    sight = sight_of(request, asked)
    stages = stages_of(sight.pipeline) if sight.pipeline else []
    context = {
        **board_parts(asked, sight, stages=stages),
        "live": live,
        "alert": alert,
    }
    partial = "aside" if is_aside else "moved"
    response = render(request, f"deals/board.html#{partial}", context, status=status)
    response.write(waiting_toasts(request))
    return response
