"""Deals as the board draws them."""

from collections.abc import Sequence

from django.http import QueryDict
from django.urls import reverse
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.settings.queries import organisation
from baton.core.ui.formats import day_words
from baton.core.ui.shapes import Board, BoardCard, BoardColumn
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import Column, Sight, columns_of, latest_at, stages_of
from baton.sales.deals.queries.board import CARDS
from baton.sales.deals.rules import (
    Attention,
    StageKind,
    Standing,
    attention,
    days_since,
)
from baton.sales.deals.words import ATTENTION_HUES, local_day, reason_words

BOARD_WORDS = ("whose", "view", "pipeline", "q", "filter", "more")
HUES = ("gray", "blue", "teal", "violet", "amber", "pink")
CLOSED_HUES = {StageKind.WON: "green", StageKind.LOST: "red"}
CLOSED_NAMES: dict[str, Promise] = {
    StageKind.WON: gettext_lazy("%(stage)s this quarter"),
    StageKind.LOST: gettext_lazy("%(stage)s this quarter"),
}


def board_of(asked: QueryDict, sight: Sight) -> Board:
    """The pipeline's board; its cards name moves only where this user may make them."""
    stages = stages_of(sight.pipeline) if sight.pipeline else []
    columns = columns_of(sight, stages=stages, shown=_shown(asked, stages))
    ids = [deal.pk for column in columns for deal in column.deals]
    movable = frozenset(
        Deal.objects.visible_to(sight.user, EDIT_DEALS)
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    )
    currency = organisation().base_currency
    return Board(
        label=_("Deals by stage"),
        columns=[
            BoardColumn(
                key=str(column.stage.key),
                name=column_name(column.stage),
                hue=CLOSED_HUES.get(StageKind(column.stage.kind), HUES[place % len(HUES)]),
                count=column.count,
                amount=column.amount,
                currency=currency,
                cards=[
                    card(deal, sight=sight, asked=asked, is_movable=deal.pk in movable)
                    for deal in column.deals
                ],
                more_url=_more_url(asked, column),
            )
            for place, column in enumerate(columns)
        ],
    )


def column_name(stage: Stage) -> str:
    """Won and Lost hold what closed in this quarter, and say so."""
    words = CLOSED_NAMES.get(stage.kind)
    return str(words) % {"stage": stage.name} if words else stage.name


def card(deal: Deal, *, sight: Sight, asked: QueryDict, is_movable: bool) -> BoardCard:
    """Whom with, what, how much, and the one thing to see first."""
    sign = sign_of(deal, sight=sight)
    return BoardCard(
        key=str(deal.key),
        title=buyer_of(deal),
        url=f"?{board_query(asked, deal=str(deal.key)).urlencode()}",
        panel_url=f"{reverse('deals:panel', args=[deal.key])}?{board_query(asked).urlencode()}",
        move_url=move_url(deal, asked=asked) if is_movable else "",
        is_current=asked.get("deal") == str(deal.key),
        context=context_of(deal),
        amount=deal.amount,
        currency=deal.currency,
        badge=sign_words(sign, deal=deal, sight=sight) or _reason(deal),
        badge_hue=ATTENTION_HUES.get(sign, "gray"),
        due=_due(deal, sight=sight),
        owner=deal.owner.name if deal.owner else "",
    )


def move_url(deal: Deal, *, asked: QueryDict) -> str:
    """Where a move is sent; it carries the version that was seen, and what the board showed."""
    query = board_query(asked, version=str(deal.version))
    return f"{reverse('deals:move', args=[deal.key])}?{query.urlencode()}"


def board_url(asked: QueryDict, **more: str) -> str:
    """The board as it was shown, with something added."""
    query = board_query(asked, **more).urlencode()
    return f"{reverse('deals:deals')}?{query}" if query else reverse("deals:deals")


def board_query(asked: QueryDict, **more: str) -> QueryDict:
    """What says what a board shows, without what else stands in the address."""
    query = QueryDict(mutable=True)
    for name in BOARD_WORDS:
        query.setlist(name, asked.getlist(name))
    for name, value in more.items():
        query[name] = value
    return query


def buyer_of(deal: Deal) -> str:
    """The company, else the person."""
    return str(deal.company or deal.person or deal.name)


def context_of(deal: Deal) -> str:
    """What is sold, and to whom there."""
    person = deal.person.full_name if deal.person and deal.company else ""
    return " · ".join(filter(None, [deal.name, person]))


def sign_of(deal: Deal, *, sight: Sight) -> Attention:
    """What its owner should see first; nothing for closed deals."""
    if deal.state != StageKind.OPEN:
        return Attention.NONE
    latest = latest_at(deal)
    standing = Standing(
        close_on=deal.close_on,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        latest_on=local_day(latest, zone=sight.zone) if latest else None,
    )
    return attention(standing, today=sight.today)


def sign_words(sign: Attention, *, deal: Deal, sight: Sight) -> str:
    """The sign in two or three words; "" for none."""
    if sign is Attention.IDLE:
        latest = latest_at(deal)
        on = local_day(latest, zone=sight.zone) if latest else None
        return _("Idle %(days)s d") % {"days": days_since(on, today=sight.today)}
    if sign is Attention.STEP_LATE and deal.next_step_on:
        return _("Step due %(day)s") % {"day": dateformat.format(deal.next_step_on, "j M")}
    words = {Attention.OVERDUE: _("Overdue"), Attention.NO_STEP: _("No next step")}
    return words.get(sign, "")


def _due(deal: Deal, *, sight: Sight) -> str:
    """When it should close; of a closed one when it did."""
    on = local_day(deal.closed_at, zone=sight.zone) if deal.closed_at else deal.close_on
    return day_words(on, today=sight.today) if on else ""


def _reason(deal: Deal) -> str:
    return reason_words(deal.reason, state=deal.state) if deal.state == StageKind.LOST else ""


def _shown(asked: QueryDict, stages: Sequence[Stage]) -> dict[int, int]:
    """Cards asked for by "Show more", by stage id: ``more=<stage key>:<cards>``."""
    by_key = {str(stage.key): stage.pk for stage in stages}
    shown = {}
    for wish in asked.getlist("more")[: len(by_key)]:
        key, _colon, count = wish.partition(":")
        if key in by_key and count.isascii() and count.isdigit() and len(count) < 5:
            shown[by_key[key]] = max(int(count), CARDS)
    return shown


def _more_url(asked: QueryDict, column: Column) -> str:
    if len(column.deals) >= column.count:
        return ""
    address = asked.copy()
    key = str(column.stage.key)
    others = [wish for wish in address.getlist("more") if not wish.startswith(key)]
    address.setlist("more", [*others, f"{key}:{len(column.deals) + CARDS}"])
    return f"?{address.urlencode()}"
