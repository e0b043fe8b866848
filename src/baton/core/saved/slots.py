"""A module says here which of its lists keep views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baton.core.access.models import User
from baton.core.access.permissions import Permission, registered
from baton.core.access.roles import Verb
from baton.core.slots import Slot
from baton.core.ui.lists import Listing, Words


@dataclass(frozen=True, kw_only=True)
class SavedList:
    """``name`` is the listing's; ``listing`` is asked for its columns and filters."""

    name: str
    label: Words
    url_name: str
    icon: str
    permission: str  # who may open the list
    listing: Callable[[], Listing]
    listing_for: Callable[[User], Listing] | None = None  # where its figures are the user's own

    def __post_init__(self) -> None:
        _made = self.export  # a permission is registered by being made: roles and keys know it

    @property
    def export(self) -> Permission:
        """Who may take it away as a file, and which of its rows: as far as the role says."""
        view = registered[self.permission]
        name = f"{view.name.rpartition('.')[0]}.export"
        return registered.get(name) or Permission(name, view.area, Verb.EXPORT)

    def shown_to(self, user: User) -> Listing:
        return self.listing_for(user) if self.listing_for else self.listing()


@dataclass(frozen=True, kw_only=True)
class ListLink:
    """What else can be done with a list as its address shows it; ``url`` takes the list and that
    address. It stands among the buttons of the view."""

    name: str
    label: Words
    icon: str
    url: Callable[[SavedList, str], str]
    is_open: Callable[[User, SavedList], bool]
    in_dialog: bool = True  # else it is a page to go to


@dataclass(frozen=True, kw_only=True)
class DataCheck:
    """Records that lack something: a filter of a list, so that its figure and the list are one.

    What is no list of ours counts itself, for a user, and has its own page.
    """

    name: str
    label: Words
    mend: Words  # what to do there
    on: str = ""  # the list's name
    conditions: tuple[Any, ...] = ()  # parts of a filter as an address has them; all hold
    asked: tuple[tuple[str, str], ...] = ()  # further words of the address
    count: Callable[[User], int] | None = None
    url_name: str = ""
    permission: str = ""
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Charge:
    """A list of records that each have somebody who answers for them: narrowed to one user, it says
    what lies with them. That list is grouped by owner."""

    on: str  # the list's name
    label: Words
    asked: tuple[tuple[str, str], ...] = ()  # what of it still has to be looked after
    order: int = 100


saved_lists: Slot[SavedList] = Slot(key=lambda one: one.name)
list_links: Slot[ListLink] = Slot(key=lambda one: one.name)
data_checks: Slot[DataCheck] = Slot(key=lambda one: one.name)
charges: Slot[Charge] = Slot(key=lambda one: one.on)
