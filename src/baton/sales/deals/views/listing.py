"""All deals, as a board or as a table."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.access.groups import by_owner
from baton.core.colleagues.interests import FOLLOWING
from baton.core.editing.shown import bulk_of
from baton.core.fields.listed import own_parts
from baton.core.saved.shown import views_of
from baton.core.ui.asked import BY
from baton.core.ui.cells import CellEdits
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing, list_page
from baton.core.ui.marks import badge, day, said
from baton.core.ui.pages import opened
from baton.core.ui.spans import by_spans
from baton.records.people.rules.grades import GRADES, grade_badge
from baton.sales.deals.models import Deal, DealQuerySet, Stage
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries import (
    Sight,
    View,
    Whose,
    called,
    owner_ids,
    pipelines,
    seller_ids,
    stage_names,
    stages_of,
    whose_open_to,
)
from baton.sales.deals.rules import StageKind
from baton.sales.deals.views.board import board_parts
from baton.sales.deals.views.cards import column_of, sign_of, sign_words
from baton.sales.deals.views.funnel import strip_of
from baton.sales.deals.views.loading import (
    ASKS,
    SEEN_BY,
    deal_beside,
    deals_asked,
    deals_opened,
    sight_of,
    with_stages,
)
from baton.sales.deals.views.shown import panel_of
from baton.sales.deals.words import ATTENTION_HUES, STATE_HUES

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


def _stage_badge(deal: Deal) -> dict[str, Any]:
    return {"name": deal.stage.name, "hue": STATE_HUES[deal.state]}


def _with(deal: Deal) -> str:
    return ", ".join(str(one) for one in (deal.company, deal.person) if one)


def _name(_value: Any, deal: Any) -> str:
    sign = badge(deal.sign, deal.sign_hue) if deal.sign else ""
    buyer = deal.company or deal.person
    second = f'<span class="second">{said(buyer)}</span>' if buyer else ""
    link = f'<a href="{deal.get_absolute_url()}">{said(deal.name)}</a>'
    return SafeString(f"<span>{link} {sign}{second}</span>")


def _step(_value: Any, deal: Deal) -> str:
    if not deal.next_step:
        return ""
    step, on = said(deal.next_step), deal.next_step_on
    due = f' <span class="meta">{day(on)}</span>' if on else ""
    return SafeString(f'<span class="cut" title="{step}">{step}</span>{due}')


def _plain_step(deal: Deal) -> str:
    on = deal.next_step_on
    return f"{deal.next_step} ({on.isoformat()})" if deal.next_step and on else deal.next_step


LISTING = Listing(
    name="deals",
    columns=(
        Column(
            name="name",
            label=gettext_lazy("Deal"),
            term="deal",
            sort="sort_key",
            draw=_name,
        ),
        Column(name="buyer", label=gettext_lazy("With"), value=_with),
        Column(
            name="stage",
            label=gettext_lazy("Stage"),
            term="deal-stage",
            kind="badge",
            value=_stage_badge,
            on_phone=True,
            edit="stage",
        ),
        Column(
            name="amount",
            label=gettext_lazy("Amount"),
            kind="money",
            sort="base_amount",
            adds="base_amount",
            adds_money=True,
            on_phone=True,
            edit="amount",
        ),
        Column(
            name="close_on",
            label=gettext_lazy("Closes"),
            kind="day",
            sort="close_on",
            edit="close_on",
        ),
        Column(
            name="next_step",
            label=gettext_lazy("Next step"),
            term="next-step",
            sort="next_step_on",
            draw=_step,
            plain=_plain_step,
            edit="next_step",
        ),
        Column(name="owner", label=gettext_lazy("Owner"), term="owner", kind="owner", edit="owner"),
        Column(name="stage_at", label=gettext_lazy("In stage since"), kind="when", sort="stage_at"),
        Column(
            name="score", label=gettext_lazy("Score"), kind="score", sort="score", is_spare=True
        ),
        Column(
            name="grade",
            label=gettext_lazy("Grade"),
            term="grade",
            kind="badge",
            sort="grade",
            value=lambda deal: grade_badge(deal.grade),
            plain=lambda deal: deal.grade,
            is_spare=True,
        ),
    ),
    order="close_on",
    empty=Empty(
        icon="deal",
        text=gettext_lazy("Deals appear here as soon as one is opened, from a lead or by hand."),
    ),
    search=lambda rows, text: called(cast(DealQuerySet, rows), text),
    prepare=with_stages,
    is_worded=True,
    second=_with,
    actions="editing/bulk.html",
    edits=CellEdits(
        url_name="deals:cell",
        among=lambda user: Deal.objects.living().visible_to(user, EDIT_DEALS),
        is_open=lambda deal, edit: edit != "stage" or deal.state == StageKind.OPEN,
    ),
    filters=(
        Filter(name="as", knows={"table", "board"}.__contains__, is_tab=True, narrows=False),
        Filter(name="view", knows=set(View).__contains__, is_tab=True),
        Filter(name=FOLLOWING, label=gettext_lazy("I follow"), is_tab=True),
        Filter(name="whose", knows=set(Whose).__contains__, is_tab=True),
        Filter(
            name="pipeline",
            label=gettext_lazy("Pipeline"),
            knows=lambda key: any(str(one.key) == key for one in pipelines()),
            is_tab=True,
            narrows=False,
        ),
    ),
    rows=deals_asked,
    more=own_parts("deal"),
    asks=ASKS,
    groupings=(
        Grouping(
            name="stage",
            label=gettext_lazy("Stage"),
            field="stage_id",
            named=stage_names,
            empty=gettext_lazy("No stage"),
        ),
        by_owner(choices=seller_ids, among=owner_ids, edit="owner"),
        Grouping(
            name="grade",
            label=gettext_lazy("Grade"),
            field="grade",
            named=lambda values: {grade: grade for grade in GRADES if grade in set(values)},
            empty=gettext_lazy("No grade"),
        ),
        *by_spans(Deal, "close_on", gettext_lazy("Closes")),
        *by_spans(Deal, "closed_at", gettext_lazy("Closed")),
        *by_spans(Deal, "opened_at", gettext_lazy("Opened")),
    ),
)


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
    return {
        "sight": sight,
        "views": views_of(request, listing),
        "layout": layout,
        "tabs": [(view.value, VIEWS[view]) for view in View if layout == TABLE or view in ON_BOARD],
        "whose": [(whose.value, WHOSE[whose]) for whose in whose_open_to(sight.user)],
        "pipelines": choices if len(choices) > 1 else [],
        "may_manage": sight.user.may("pipelines.manage"),
        "may_open": sight.user.may(EDIT_DEALS),
        "kept": [
            (name, value)
            for name, value in request.GET.items()
            if name not in {"q", "more", "deal"}
        ],
    }
