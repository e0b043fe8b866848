"""A module says here which of its lists keep views."""

from collections.abc import Callable
from dataclasses import dataclass

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


saved_lists: Slot[SavedList] = Slot(key=lambda one: one.name)
