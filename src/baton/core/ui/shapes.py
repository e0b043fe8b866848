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
    key: str
    title: str
    url: str
    panel_url: str = ""  # fetched into the side panel; empty: the title opens the page
    move_url: str  # POST ``stage``; GET shows the same as a page; empty: it stays where it is
    context: Words = ""
    amount: Decimal | None = None
    currency: str = ""
    badge: Words = ""
    badge_hue: str = "gray"
    due: Words = ""
    owner: str = ""
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    key: str
    name: Words
    hue: str
    count: int
    amount: Decimal | None = None
    currency: str = ""
    cards: list[BoardCard] = field(default_factory=list)
    more_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Board:
    label: Words
    columns: list[BoardColumn]
