"""Where modules put what somebody should see first; home itself knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from baton.core.access.roles import Role
from baton.core.offers import Label
from baton.core.slots import Slot

SELLERS = frozenset({Role.SDR, Role.REP, Role.CUSTOMER_OWNER})
MARKETERS = frozenset({Role.MARKETER, Role.HEAD_OF_MARKETING})
MANAGERS = frozenset({Role.SALES_MANAGER, Role.HEAD_OF_SALES})
OWNERS = frozenset({Role.OWNER, Role.ADMIN})
LOOKERS = frozenset({Role.VIEWER})
EVERYBODY: frozenset[Role] = frozenset()
BARE = 78  # px of a card that says only that it is being counted


class HomePlace(StrEnum):
    """Where on the page; the blocks of one place stand in their order. A phone shows all in one."""

    TOP = "top"  # over the whole width
    MAIN = "main"  # left, the wider half: what to do
    SIDE = "side"  # right: what to know


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What stands in place of a block until it is counted: its title, and the room it will fill."""

    title: Label
    desk: int  # px that it is usually high on a desk
    phone: int

    @property
    def room(self) -> dict[str, int]:
        """What is left of it below the words that it is being counted."""
        return {"desk": self.desk - BARE, "phone": self.phone - BARE}


@dataclass(frozen=True, kw_only=True)
class HomeBlock:
    """``render`` gives ready HTML (render_to_string of a card); "" shows nothing.

    It costs a fixed number of queries that count no table to its end: home opens for everybody.
    One that goes through all that happened in a period ``counts``: where much does, the page comes
    without it, and it follows into the room that was kept for it.
    """

    name: str
    render: Callable[[Any], str]  # of a request with its user
    place: HomePlace = HomePlace.MAIN
    order: int = 100
    permission: str = ""  # its name; empty: everybody who is signed in
    roles: frozenset[Role] = EVERYBODY  # whose day it belongs to; empty: everybody's
    counts: Counts | None = None


home_blocks: Slot[HomeBlock] = Slot(key=lambda block: block.name)
