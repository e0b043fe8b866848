from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class CampaignCreated(Fact):
    name: ClassVar[str] = "campaign.created"
    side: ClassVar[Side] = Side.MARKETING


@dataclass(frozen=True, kw_only=True)
class CampaignChanged(Fact):
    name: ClassVar[str] = "campaign.changed"
    side: ClassVar[Side] = Side.MARKETING
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CampaignJoined(Fact):
    """A person became a member: reached or responded."""

    name: ClassVar[str] = "campaign.joined"
    side: ClassVar[Side] = Side.MARKETING
    status: str


@dataclass(frozen=True, kw_only=True)
class CampaignDeleted(Fact):
    """Into the trash."""

    name: ClassVar[str] = "campaign.deleted"
    side: ClassVar[Side] = Side.MARKETING


@dataclass(frozen=True, kw_only=True)
class CampaignRestored(Fact):
    """Out of the trash."""

    name: ClassVar[str] = "campaign.restored"
    side: ClassVar[Side] = Side.MARKETING


@dataclass(frozen=True, kw_only=True)
class CostTold(Fact):
    """What the cost is once it happened; without a campaign it is about none."""

    side: ClassVar[Side] = Side.MARKETING
    cost_id: int
    kind: str  # rules.CostKind
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CostAdded(CostTold):
    """To its campaign: new, or taken over from another."""

    name: ClassVar[str] = "cost.added"


@dataclass(frozen=True, kw_only=True)
class CostChanged(CostTold):
    name: ClassVar[str] = "cost.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CostRemoved(CostTold):
    """From its campaign: into the trash, or over to another."""

    name: ClassVar[str] = "cost.removed"


@dataclass(frozen=True, kw_only=True)
class CostRestored(CostTold):
    """Out of the trash."""

    name: ClassVar[str] = "cost.restored"
