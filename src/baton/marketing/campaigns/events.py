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
