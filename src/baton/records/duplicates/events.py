from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PairDismissed(Fact):
    """Somebody looked at two records and said that they are not the same."""

    name: ClassVar[str] = "duplicate.dismissed"
    other_id: int
