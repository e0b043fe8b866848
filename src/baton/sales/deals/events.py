"""What is worth telling about a deal. Amounts are text, for exactness; empty = unknown."""

from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class DealOpened(Fact):
    """An opportunity exists."""

    name: ClassVar[str] = "deal.opened"
    side: ClassVar[Side] = Side.SALES
    amount: str = ""
    currency: str = ""
    title: str = ""
    stage: str = ""


@dataclass(frozen=True, kw_only=True)
class DealMoved(Fact):
    """From one open stage to another; the names as they were then."""

    name: ClassVar[str] = "deal.moved"
    side: ClassVar[Side] = Side.SALES
    from_stage: str
    to_stage: str


@dataclass(frozen=True, kw_only=True)
class DealWon(Fact):
    name: ClassVar[str] = "deal.won"
    side: ClassVar[Side] = Side.SALES
    amount: str = ""
    currency: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DealLost(Fact):
    name: ClassVar[str] = "deal.lost"
    side: ClassVar[Side] = Side.SALES
    reason: str
    competitor: str = ""
    objection: str = ""


@dataclass(frozen=True, kw_only=True)
class DealReopened(Fact):
    """A closed deal is open again (an undo, or the buyer came back)."""

    name: ClassVar[str] = "deal.reopened"
    side: ClassVar[Side] = Side.SALES
    former_state: str


@dataclass(frozen=True, kw_only=True)
class DealChanged(Fact):
    """Somebody wrote other values into these fields."""

    name: ClassVar[str] = "deal.changed"
    side: ClassVar[Side] = Side.SALES
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class DealPersonAdded(Fact):
    """Somebody more takes part in it; the fact is about that person."""

    name: ClassVar[str] = "deal.person_added"
    side: ClassVar[Side] = Side.SALES
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class DealPersonRole(Fact):
    """What part one of its people plays in it; empty = nobody says any more."""

    name: ClassVar[str] = "deal.person_role"
    side: ClassVar[Side] = Side.SALES
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class DealPersonRemoved(Fact):
    """Takes part in it no longer."""

    name: ClassVar[str] = "deal.person_removed"
    side: ClassVar[Side] = Side.SALES


@dataclass(frozen=True, kw_only=True)
class DealGiven(Fact):
    """A colleague made it somebody else's: when it was opened, or later."""

    name: ClassVar[str] = "deal.given"
    side: ClassVar[Side] = Side.SALES
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class DealDeleted(Fact):
    """Into the trash."""

    name: ClassVar[str] = "deal.deleted"
    side: ClassVar[Side] = Side.SALES


@dataclass(frozen=True, kw_only=True)
class DealRestored(Fact):
    """Out of the trash."""

    name: ClassVar[str] = "deal.restored"
    side: ClassVar[Side] = Side.SALES
