"""All deals, as a board or as a table."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.editing.shown import bulk_of
from baton.core.saved.shown import views_of
from baton.core.ui.asked import BY
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Listing, list_page
from baton.core.ui.pages import opened
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries import (
    Sight,
    View,
    Whose,
    pipelines,
    stages_of,
    views_open_to,
    whose_open_to,
)
from baton.sales.deals.views.board import board_parts
from baton.sales.deals.views.cards import column_of, sign_of, sign_words
from baton.sales.deals.views.columns import LISTING
from baton.sales.deals.views.funnel import strip_of
from baton.sales.deals.views.loading import (
    SEEN_BY,
    deal_beside,
    deals_asked,
    deals_opened,
    sight_of,
)
from baton.sales.deals.views.shown import panel_of
from baton.sales.deals.words import ATTENTION_HUES

BOARD, TABLE = "board", "table"
VIEWS = {
    View.OPEN: gettext_lazy("All open"),
    View.CLOSING: gettext_lazy("Closing this month"),
    View.NO_STEP: gettext_lazy("No next step"),
    View.IDLE: gettext_lazy("Idle 30 days"),
    View.WON_NOW: gettext_lazy("Won this month"),
    View.WON: gettext_lazy("Won"),
    View.LOST: gettext_lazy("Lost"),
    View.ALL: gettext_lazy("All"),
}
ON_BOARD = (View.OPEN, View.CLOSING, View.NO_STEP, View.IDLE)
WHOSE = {
    Whose.MINE: gettext_lazy("Mine"),
    Whose.TEAM: gettext_lazy("Team"),
    Whose.ALL: gettext_lazy("All"),
}


@requires(VIEW_DEALS)
@require_GET
def deals(request: HtmxRequest) -> HttpResponse:
    """Board or table of what the address asks for."""
    sight = sight_of(request)
    listing = LISTING.whole()
    layout = BOARD if by_stage(request.GET) and sight.view in ON_BOARD else TABLE
    context = _frame(request, sight, layout=layout, listing=listing)
    if layout == TABLE:
        return page_or_partial(
            request, "deals/table.html", "list", context | _table(request, sight, listing)
        )
    return page_or_partial(request, "deals/board.html", "columns", context | _board(request, sight))


def by_stage(asked: QueryDict) -> bool:
    """Whether it is the board of a pipeline: no table, and no board by another field."""
    return asked.get("as") != TABLE and not asked.get(BY)


@requires(VIEW_DEALS)
@require_GET
def column(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The next cards of one column; without script the board with more of them does the same."""
    stage = get_object_or_404(Stage.objects.living(), key=key)
    shown = column_of(request.GET, sight_of(request), stage)
    return render(request, "ui/board_cards.html", {"column": shown})


def _table(request: HttpRequest, sight: Sight, listing: Listing) -> dict[str, Any]:
    may_open, step = sight.user.may(EDIT_DEALS), (reverse("deals:new"), _("New deal"))
    listing = listing.with_step(*step) if may_open else listing
    asked, seen_by = request.GET, replace(sight, asked=Q(), text="")
    listing = replace(listing, as_opened=opened(Deal, deals_opened, seen_by, asked, knows=SEEN_BY))
    page = list_page(request, listing, partial(deals_asked, sight.user, asked))
    mark_signs([row.object for row in page.rows], sight=sight)
    return {"list": page, "bulk": bulk_of(LISTING.name, user=sight.user)}


def mark_signs(deals: Iterable[Any], *, sight: Sight) -> None:
    """What each wants of its owner, in words."""
    for deal in deals:
        sign = sign_of(deal, sight=sight)
        deal.sign = sign_words(sign, deal=deal, sight=sight)
        deal.sign_hue = ATTENTION_HUES.get(sign, "gray")


def _board(request: HttpRequest, sight: Sight) -> dict[str, Any]:
    stages = stages_of(sight.pipeline) if sight.pipeline else []
    context = board_parts(request.GET, sight, stages=stages)
    if getattr(request, "htmx", False):
        return context
    context |= strip_of(request, sight, stages=stages)
    shown = deal_beside(request, request.GET)
    return context | panel_of(request, shown) | {"shown": True} if shown else context


def _frame(request: HttpRequest, sight: Sight, *, layout: str, listing: Listing) -> dict[str, Any]:
    """The tabs and switches around either layout."""
    choices = pipelines()
    tabs = [one for one in views_open_to(sight.user) if layout == TABLE or one in ON_BOARD]
    return {
        "sight": sight,
        "views": views_of(request, listing),
        "layout": layout,
        "tabs": [(view.value, VIEWS[view]) for view in tabs],
        "whose": [(whose.value, WHOSE[whose]) for whose in whose_open_to(sight.user)],
        "pipelines": choices if len(choices) > 1 else [],
        "may_manage": sight.user.may("pipelines.manage"),
        "may_open": sight.user.may(EDIT_DEALS),
        "kept": [one for one in request.GET.items() if one[0] not in {"q", "more", "deal"}],
    }
