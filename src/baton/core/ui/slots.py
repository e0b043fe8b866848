"""The sidebar is filled by the modules; the shell knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from baton.core.slots import Slot


class Group(StrEnum):
    """Where in the shell an item stands, from top to bottom."""

    TOP = "top"
    HANDOFF = "handoff"
    RELATIONS = "relations"
    MARKETING = "marketing"
    INSIGHT = "insight"
    FOOT = "foot"
    ACCOUNT = "account"  # the menu behind one's own name
    THEME = "theme"  # where the button beside the brand posts ``theme`` to


@dataclass(frozen=True)
class Count:
    """A figure beside an item; a hue other than gray asks for attention."""

    number: int
    hue: str = "gray"


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    group: Group
    label: str | Promise
    url_name: str
    icon: str
    short: str | Promise = ""  # under the thumb, where there is little room
    permission: str = ""  # its name; empty: everybody who is signed in
    position: int = 100
    key: str = ""  # "g p"
    count: Callable[[HttpRequest], int | Count | None] | None = None
    on_phone: bool = False  # five places fit under the thumb
    is_post: bool = False  # an act (sign out), not a place


navigation: Slot[NavigationItem] = Slot()


@dataclass(frozen=True)
class PinnedPlace:
    """What somebody put into their own sidebar."""

    label: str
    url: str
    icon: str
    is_current: bool


pins: Slot[Callable[[HttpRequest], Iterable[PinnedPlace]]] = Slot()


@dataclass(frozen=True, kw_only=True)
class Banner:
    """A quiet line over every screen, while ``shown`` gives it something to say."""

    name: str
    template: str
    shown: Callable[[HttpRequest], dict[str, Any] | None]  # the template's context; None = nothing


banners: Slot[Banner] = Slot(key=lambda banner: banner.name)
