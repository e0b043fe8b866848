"""What templates draw: small frozen values that views fill in."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from baton.core.ui.marks import badge, icon, said

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage of a bar: state is "done", "current" or "" (still ahead)."""

    name: Words
    note: Words = ""
    state: str = ""
    is_pass: bool = False  # here marketing handed over to sales


@dataclass(frozen=True, kw_only=True)
class BoardCard:
    """In words, ready to be drawn: hundreds of them stand on a page."""

    key: str
    title: str
    url: str
    panel_url: str = ""  # fetched into the side panel; empty: the title opens the page
    move_url: str = ""  # POST ``stage``; GET shows the same as a page; empty: it stays where it is
    move_label: Words = ""
    context: Words = ""
    amount: Words = ""
    badge: Words = ""
    badge_hue: str = "gray"
    due: Words = ""
    owner: Words = ""  # read out: "Owner Ann Lee"
    owner_mark: str = ""  # seen: "AL"
    owner_hue: str = "gray"
    is_current: bool = False

    @property
    def drawn(self) -> str:
        """Without a template: it would take the half of a board's time."""
        move = f' data-move-url="{said(self.move_url)}"' if self.move_url else ""
        look = "board-card current" if self.is_current else "board-card"
        return (
            f'<li class="{look}" id="card-{self.key}" data-card="{self.key}"{move}>'
            f'<a class="card-title" href="{said(self.url)}"{self._panel()}>{said(self.title)}</a>'
            f'{self._mover()}{_span("card-context", self.context)}<span class="card-foot">'
            f"{f'<b>{said(self.amount)}</b>' if self.amount else ''}{self._badge()}{self._owner()}"
            "</span></li>\n"
        )

    def _panel(self) -> str:
        if not self.panel_url:
            return ""
        fetched, pushed = said(self.panel_url), said(self.url)
        return f' hx-get="{fetched}" hx-target="#panel" hx-push-url="{pushed}"'

    def _mover(self) -> str:
        if not self.move_url:
            return ""
        return (
            f'<a class="icon-button" href="{said(self.move_url)}" '
            f'aria-label="{said(self.move_label)}" data-move>{icon("more")}</a>'
        )

    def _badge(self) -> str:
        return badge(self.badge, self.badge_hue) if self.badge else _span("due", self.due)

    def _owner(self) -> str:
        if not self.owner:
            return ""
        return (
            f'<span class="unseen">{said(self.owner)}</span><span class="avatar s '
            f'hue-{self.owner_hue}" aria-hidden="true">{said(self.owner_mark)}</span>'
        )


def _span(name: str, words: Words) -> str:
    return f'<span class="{name}">{said(words)}</span>' if words else ""


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    """``count`` and sums are of all its cards, also of those that are not shown yet."""

    key: str
    name: Words
    hue: str
    count: int
    amount: Decimal | None = None
    total: Words = ""  # the same in words, of what is no money
    weighted: Decimal | None = None  # what it counts in the forecast; None where that says nothing
    currency: str = ""
    cards: list[BoardCard] = field(default_factory=list)
    more_url: str = ""  # the same page with more cards in this column
    next_url: str = ""  # only those that follow, and the way to the next

    @property
    def drawn_cards(self) -> SafeString:
        return SafeString("".join(card.drawn for card in self.cards))


@dataclass(frozen=True, kw_only=True)
class Board:
    label: Words
    columns: list[BoardColumn]
    cards_at_first: int = 0  # in a column; the address says where there are more
