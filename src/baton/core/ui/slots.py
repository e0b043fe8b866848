"""The sidebar and the palette are filled by the modules; the shell knows none of them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
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
    SETTINGS = "settings"  # a tab of the settings
    ACCOUNT = "account"  # the menu behind one's own name
    THEME = "theme"  # where the button beside the brand posts ``theme`` to
    FOLD = "fold"  # where the headings of the sidebar post the group that they ``fold`` or ``open``


@dataclass(frozen=True)
class Count:
    """A figure beside an item; a hue other than gray asks for attention."""

    number: int
    hue: str = "gray"


@dataclass(frozen=True, kw_only=True, eq=False)
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
    also: str | Promise = ""  # further words by which the palette finds it


navigation: Slot[NavigationItem] = Slot()


@dataclass(frozen=True)
class PinnedPlace:
    """What somebody put into their own sidebar."""

    label: str
    url: str
    icon: str
    is_current: bool
    name: str = ""  # of its kind and key: "view:…"
    position: int | None = None  # None: pinned since its owner put them in order


@dataclass(frozen=True, kw_only=True)
class PinKind:
    """``place`` keeps the positions, by name, of those that are of this kind."""

    found: Callable[[HttpRequest], Iterable[PinnedPlace]]
    place: Callable[[HttpRequest, Mapping[str, int]], None]


pins: Slot[PinKind] = Slot()


@dataclass(frozen=True, kw_only=True)
class Banner:
    """A quiet line over every screen, while ``shown`` gives it something to say."""

    name: str
    template: str
    shown: Callable[[HttpRequest], dict[str, Any] | None]  # the template's context; None = nothing


banners: Slot[Banner] = Slot(key=lambda banner: banner.name)


MOST_OF_A_KIND = 5  # that the palette shows


@dataclass(frozen=True, kw_only=True)
class Finder:
    """A kind of record that the palette finds; opening ``page`` makes one a recent one.

    A search is one question, whose SQL is kept (``core/prepared.py``): it is asked at each letter.
    """

    name: str
    label: str | Promise  # of several: "People"
    icon: str
    permission: str
    page: str  # the url name of a record's page, whose address holds its key
    found: Callable[[Any, str], Iterable[Any]]  # the first few that the user means by a text
    opened: Callable[[Any, Collection[UUID]], Iterable[Any]]  # of these keys, what the user may see
    title: Callable[[Any], str] = str
    note: Callable[[Any], str]  # the gray words behind the title; "" is none
    position: int = 100


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something to do from anywhere: "New person"."""

    label: str | Promise
    url_name: str
    icon: str
    permission: str = ""  # its name; empty: everybody who is signed in
    position: int = 100
    also: str | Promise = ""  # further words by which it is found
    key: str = ""  # shown beside it; the page that has the button listens
    is_post: bool = False
    fields: tuple[tuple[str, str], ...] = ()  # sent along by POST
    makes: bool = False  # a record: offered where nothing was found


finders: Slot[Finder] = Slot(key=lambda finder: finder.name)
commands: Slot[Command] = Slot()


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """The page where files of other systems come in: what is empty without them leads there."""

    url_name: str
    permission: str


ways_in: Slot[WayIn] = Slot()


def way_in(user: Any) -> str:
    """The address of the first that this user may take; "" for none."""
    return next((reverse(one.url_name) for one in ways_in if user.may(one.permission)), "")
