"""Deals as the board draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.limits import hidden
from baton.core.prepared import Prepared
from baton.core.ui.formats import day_words, hue_of, initials, money
from baton.core.ui.shapes import Board, BoardCard, BoardColumn
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import (
    CardRow,
    Column,
    Sight,
    Sums,
    as_seen,
    columns_of,
    latest_at,
    more_of,
)
from baton.sales.deals.queries.board import CARDS, MORE_CARDS
from baton.sales.deals.rules import (
    Attention,
    StageKind,
    Standing,
    attention,
    days_since,
)
from baton.sales.deals.words import ATTENTION_HUES, local_day, reason_words

BOARD_WORDS = ("whose", "view", "pipeline", "q", "filter", "more")
NO_KEY = str(UUID(int=0))  # stands for a deal's in an address that all cards share
HUES = ("gray", "blue", "teal", "violet", "amber", "pink")
CLOSED_HUES = {StageKind.WON: "green", StageKind.LOST: "red"}
CLOSED_NAMES: dict[str, Promise] = {
    StageKind.WON: gettext_lazy("%(stage)s this quarter"),
    StageKind.LOST: gettext_lazy("%(stage)s this quarter"),
}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What all cards of a board share: who looks, at what, and where things are sent."""

    sight: Sight
    query: str  # what the board shows, as it stands in an address
    current: str  # key of the deal that is open beside the board
    move_address: str
    panel_address: str
    move_label: str
    owner_label: str
    days: dict[date, str] = field(default_factory=dict)  # in words: many deals close on the same

    def day(self, on: date) -> str:
        if on not in self.days:
            self.days[on] = day_words(on, today=self.sight.today)
        return self.days[on]

    def card_url(self, deal: CardRow) -> str:
        return f"?{self.query}{'&' if self.query else ''}deal={deal.key}"

    def move_url(self, deal: CardRow) -> str:
        """It carries the version that was seen, and what the board showed."""
        address = self.move_address.replace(NO_KEY, str(deal.key))
        return f"{address}?{self.query}{'&' if self.query else ''}version={deal.version}"

    def panel_url(self, deal: CardRow) -> str:
        return f"{self.panel_address.replace(NO_KEY, str(deal.key))}?{self.query}"


def frame_of(asked: QueryDict, sight: Sight) -> Frame:
    return Frame(
        sight=sight,
        query=board_query(asked).urlencode(),
        current=asked.get("deal", ""),
        move_address=reverse("deals:move", args=[NO_KEY]),
        panel_address=reverse("deals:panel", args=[NO_KEY]),
        move_label=_("Move %(name)s"),
        owner_label=_("Owner %(name)s"),
    )


def board_of(
    asked: QueryDict, sight: Sight, *, stages: list[Stage], sums: Mapping[int, Sums], currency: str
) -> Board:
    """A column for each stage; its cards name moves only where this user may make them."""
    columns = columns_of(sight, stages=stages, sums=sums, shown=cards_asked(asked, stages))
    movable = _movable(sight, [deal for column in columns for deal in column.deals])
    frame, has_amounts = frame_of(asked, sight), "amount" not in hidden("deal")
    return Board(
        label=_("Deals by stage"),
        cards_at_first=CARDS,
        columns=[
            BoardColumn(
                key=str(column.stage.key),
                name=column_name(column.stage),
                hue=CLOSED_HUES.get(StageKind(column.stage.kind), HUES[place % len(HUES)]),
                count=column.count,
                amount=column.amount if has_amounts else None,
                weighted=column.weighted
                if has_amounts and column.stage.kind == StageKind.OPEN
                else None,
                currency=currency,
                cards=[card(deal, frame, is_movable=deal.pk in movable) for deal in column.deals],
                more_url=_more_url(asked, column),
                next_url=_next_url(asked, column),
            )
            for place, column in enumerate(columns)
        ],
    )


def column_of(asked: QueryDict, sight: Sight, stage: Stage) -> BoardColumn:
    """The next cards of one column, and the way to those that follow."""
    column = more_of(sight, stage, asked=asked)
    movable = _movable(sight, column.deals)
    frame = frame_of(asked, sight)
    return BoardColumn(
        key=str(stage.key),
        name=column_name(stage),
        hue="",
        count=0,
        cards=[card(deal, frame, is_movable=deal.pk in movable) for deal in column.deals],
        more_url="?",
        next_url=_next_url(asked, column),
    )


def _movable(sight: Sight, deals: Sequence[CardRow]) -> frozenset[int]:
    return frozenset(_MOVABLE.rows(user=sight.user, ids=[deal.pk for deal in deals]))


_MOVABLE: Prepared[int] = Prepared(
    lambda user, ids: (
        Deal.objects.visible_to(user, EDIT_DEALS).filter(pk__in=ids).values_list("pk", flat=True)
    )
)


def column_name(stage: Stage) -> str:
    """Won and Lost hold what closed in this quarter, and say so."""
    words = CLOSED_NAMES.get(stage.kind)
    return str(words) % {"stage": stage.name} if words else stage.name


def card(deal: CardRow, frame: Frame, *, is_movable: bool) -> BoardCard:
    """Whom with, what, how much, and the one thing to see first."""
    deal, sight = as_seen(deal), frame.sight
    sign = sign_of(deal, sight=sight)
    title, owner = buyer_of(deal), deal.owner or ""
    return BoardCard(
        key=str(deal.key),
        title=title,
        url=frame.card_url(deal),
        panel_url=frame.panel_url(deal),
        move_url=frame.move_url(deal) if is_movable else "",
        move_label=frame.move_label % {"name": title},
        is_current=frame.current == str(deal.key),
        context=context_of(deal),
        amount="" if deal.amount is None else money(deal.amount, deal.currency, short=True),
        badge=sign_words(sign, deal=deal, sight=sight) or _reason(deal),
        badge_hue=ATTENTION_HUES.get(sign, "gray"),
        due=_due(deal, frame),
        owner=frame.owner_label % {"name": owner} if owner else "",
        owner_mark=initials(owner) if owner else "",
        owner_hue=hue_of(owner),
    )


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


def buyer_of(deal: Deal | CardRow) -> str:
    """The company, else the person."""
    return str(deal.company or deal.person or deal.name)


def context_of(deal: CardRow) -> str:
    """What is sold, and to whom there."""
    person = deal.person if deal.person and deal.company else ""
    return " · ".join(filter(None, [deal.name, person]))


def sign_of(deal: Deal | CardRow, *, sight: Sight) -> Attention:
    """What its owner should see first; nothing for closed deals."""
    if deal.state != StageKind.OPEN:
        return Attention.NONE
    latest = latest_at(deal)
    standing = Standing(
        close_on=deal.close_on,
        next_step=None if "next_step" in hidden("deal") else deal.next_step,
        next_step_on=deal.next_step_on,
        latest_on=local_day(latest, zone=sight.zone) if latest else None,
    )
    return attention(standing, today=sight.today)


def sign_words(sign: Attention, *, deal: Deal | CardRow, sight: Sight) -> str:
    """The sign in two or three words; "" for none."""
    if sign is Attention.IDLE:
        latest = latest_at(deal)
        on = local_day(latest, zone=sight.zone) if latest else None
        return _("Idle %(days)s d") % {"days": days_since(on, today=sight.today)}
    if sign is Attention.STEP_LATE and deal.next_step_on:
        return _("Step due %(day)s") % {"day": dateformat.format(deal.next_step_on, "j M")}
    words = {Attention.OVERDUE: _("Overdue"), Attention.NO_STEP: _("No next step")}
    return words.get(sign, "")


def _due(deal: CardRow, frame: Frame) -> str:
    """When it should close; of a closed one when it did."""
    zone = frame.sight.zone
    on = local_day(deal.closed_at, zone=zone) if deal.closed_at else deal.close_on
    return frame.day(on) if on else ""


def _reason(deal: CardRow) -> str:
    return reason_words(deal.reason, state=deal.state) if deal.state == StageKind.LOST else ""


def cards_asked(asked: QueryDict, stages: Sequence[Stage]) -> dict[int, int]:
    """Cards asked for by "Show more", by stage id: ``more=<stage key>:<cards>``."""
    by_key = {str(stage.key): stage.pk for stage in stages}
    shown = {}
    for wish in asked.getlist("more")[: len(by_key)]:
        key, _colon, count = wish.partition(":")
        if key in by_key and count.isascii() and count.isdigit() and len(count) < 5:
            shown[by_key[key]] = max(int(count), CARDS)
    return shown


def _more_url(asked: QueryDict, column: Column) -> str:
    if not column.cursor:
        return ""
    address = asked.copy()
    key = str(column.stage.key)
    others = [wish for wish in address.getlist("more") if not wish.startswith(key)]
    address.setlist("more", [*others, f"{key}:{len(column.deals) + MORE_CARDS}"])
    return f"?{address.urlencode()}"


def _next_url(asked: QueryDict, column: Column) -> str:
    if not column.cursor:
        return ""
    query = board_query(asked, after=column.cursor)
    query.pop("more", None)
    return f"{reverse('deals:column', args=[column.stage.key])}?{query.urlencode()}"
