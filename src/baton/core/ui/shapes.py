"""What templates draw: small frozen values that views fill in."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise

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


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    """``count`` and sums are of all its cards, also of those that are not shown yet."""

    key: str
    name: Words
    hue: str
    count: int
    amount: Decimal | None = None
    weighted: Decimal | None = None  # what it counts in the forecast; None where that says nothing
    currency: str = ""
    cards: list[BoardCard] = field(default_factory=list)
    more_url: str = ""  # the same page with more cards in this column
    next_url: str = ""  # only those that follow, and the way to the next


@dataclass(frozen=True, kw_only=True)
class Board:
    label: Words
    columns: list[BoardColumn]
    cards_at_first: int = 0  # in a column; the address says where there are more
