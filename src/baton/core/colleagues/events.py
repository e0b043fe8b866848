from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RecordShared(Fact):
    """A colleague opened a record to another, or to a team; of the two ids one is 0."""

    name: ClassVar[str] = "record.shared"
    share_id: int
    object_type: str
    object_id: int
    user_id: int = 0
    team_id: int = 0
    may_edit: bool


@dataclass(frozen=True, kw_only=True)
class RecordUnshared(Fact):
    """It was taken back."""

    name: ClassVar[str] = "record.unshared"
    object_type: str
    object_id: int
    user_id: int = 0
    team_id: int = 0
