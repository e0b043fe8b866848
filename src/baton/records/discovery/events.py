from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class DiscoveryAnswered(Fact):
    """Somebody told what a guide asks; the answers stand in the row."""

    name: ClassVar[str] = "discovery.answered"
    side: ClassVar[Side] = Side.SALES
    discovery_id: int
    guide_name: str
