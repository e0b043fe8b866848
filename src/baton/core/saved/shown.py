"""The views of a list as its page shows them, and those of the sidebar: one query for both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.addresses import place as place_of
from baton.core.filters.addresses import Asked
from baton.core.filters.listed import ListFilter
from baton.core.saved.actions import order_pins
from baton.core.saved.honouring import Honoured, honoured
from baton.core.saved.models import SavedView
from baton.core.saved.queries import address, address_of, list_of, views_for
from baton.core.saved.rules import OPENED, pairs_of, state_of
from baton.core.saved.slots import ListLink, SavedList, list_links, saved_lists
from baton.core.ui.boards import Way, board_ways
from baton.core.ui.lists import ASKED, Listing
from baton.core.ui.slots import PinnedPlace

PIN = "view:"  # how the names of pins begin that are views


@dataclass(frozen=True)
class Tab:
    view: SavedView
    url: str
    is_current: bool


@dataclass(frozen=True)
class Chip:
    words: str
    url: str  # the list without it


@dataclass(frozen=True, kw_only=True)
class Views:
    """What a page knows of its views: the tabs, and how far the address is from the open one."""

    place: SavedList
    tabs: list[Tab]
    current: SavedView | None
    is_own: bool
    is_changed: bool
    state: str  # of the address, as far as the list can follow it
    lost: str  # one sentence on what the list cannot follow, or ""
    asked: Asked | None  # the filter in the address; None: this list is not asked by filters
    links: list[tuple[ListLink, str]]  # what else can be done with it, and where
    boards: list[Way]  # as which boards the list can stand

    @cached_property
    def all_url(self) -> str:
        return place_of(self.place.url_name)

    @cached_property
    def reset_url(self) -> str:
        return address_of(self.current, self.place) if self.current else self.all_url

    @cached_property
    def new_url(self) -> str:
        return f"{place_of('saved:new')}?{self._list_asked}"

    @cached_property
    def columns_url(self) -> str:
        return f"{place_of('saved:columns')}?{self._list_asked}"

    @cached_property
    def filter_url(self) -> str:
        """Empty where the list is not asked by filters."""
        return f"{place_of('saved:filter')}?{self._list_asked}" if self.asked else ""

    @cached_property
    def filter_lost(self) -> str:
        """One sentence on the conditions that were left out, or ""."""
        if self.asked is None or not self.asked.lost:
            return ""
        what = {"what": "; ".join(self.asked.lost)}
        if self.current and self.asked.parts:
            words = _("This view leaves out of its filter what makes no sense here: %(what)s.")
            return words % what
        return _("Left out of the filter: %(what)s.") % what

    @cached_property
    def chips(self) -> list[Chip]:
        """The parts of the filter in words, each with the list without it."""
        found = self.asked.chips() if self.asked else ()
        return [Chip(words, self._address(filter_text=text)) for words, text in found]

    @cached_property
    def unasked_url(self) -> str:
        """The list without its filter."""
        return self._address(filter_text="")

    def _address(self, *, filter_text: str) -> str:
        pairs = [pair for pair in pairs_of(self.state) if pair[0] != ASKED]
        key = str(self.current.key) if self.current else ""
        return address(self.place, state=state_of([*pairs, (ASKED, filter_text)]), key=key)

    @cached_property
    def _list_asked(self) -> str:
        opened = {OPENED: str(self.current.key)} if self.current else {}
        return urlencode({"list": self.place.name, "state": self.state, **opened})


class _Asked(HttpRequest):
    saved_views: list[SavedView]  # looked up once per request


def views_of(request: HttpRequest, listing: Listing) -> Views:
    """For the page of a list that keeps views."""
    listing = listing.whole()
    place = saved_lists.find(listing.name)
    assert place, f"{listing.name} is no SavedList"
    user = cast(User, request.user)
    own = [view for view in _known(request, listing.name) if view.list_name == listing.name]
    opened = request.GET.get(OPENED, "")
    current = next((view for view in own if str(view.key) == opened), None)
    asked = cast(ListFilter, listing.asks).asked_by(request) if listing.asks else None
    address_words = request.GET.urlencode()
    found = honoured(list(_pairs(request)), listing, filter_text=asked.text if asked else "")
    return Views(
        place=place,
        tabs=[Tab(view, address_of(view, place), view is current) for view in own],
        current=current,
        is_own=current is not None and current.owner_id == user.pk,
        is_changed=_is_changed(current, found, listing),
        state=found.state,
        lost=_lost_words(found) if current else "",
        asked=asked,
        links=[
            (one, one.url(place, address_words)) for one in list_links if one.is_open(user, place)
        ],
        boards=board_ways(listing, request.GET),
    )


def pinned_by(request: HttpRequest) -> Iterator[PinnedPlace]:
    """The sidebar's part."""
    user = cast(User, request.user)
    for view in _known(request):
        place = list_of(view, user=user)
        if place and getattr(view, "is_pinned", False):
            is_current = request.GET.get(OPENED) == str(view.key)
            yield PinnedPlace(
                view.name,
                address_of(view, place),
                place.icon,
                is_current,
                name=f"{PIN}{view.key}",
                position=getattr(view, "pinned_as", None),
            )


def place_pins(request: HttpRequest, positions: Mapping[str, int]) -> None:
    """The views among them stand there from now on; others of theirs stay where they are."""
    wanted = {
        name.removeprefix(PIN): position
        for name, position in positions.items()
        if name.startswith(PIN)
    }
    order_pins(user=cast(User, request.user), positions=wanted)
    vars(request).pop("saved_views", None)  # what was looked up before stands in another order


def _known(request: HttpRequest, list_name: str = "") -> list[SavedView]:
    asked = cast(_Asked, request)
    if not hasattr(asked, "saved_views"):
        asked.saved_views = views_for(cast(User, request.user), list_name=list_name)
    return asked.saved_views


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.GET.lists():
        yield from ((name, str(value)) for value in values)


def _is_changed(current: SavedView | None, found: Honoured, listing: Listing) -> bool:
    if current:
        return found.state != current.state
    tabs = {one.name for one in listing.filters if one.is_tab}
    return any(name not in tabs for name, _value in pairs_of(found.state))


def _lost_words(found: Honoured) -> str:
    if not found.lost:
        return ""
    what = ", ".join(str(words) for words in found.lost)
    return _("This view is shown without what no longer exists: %(what)s.") % {"what": what}
