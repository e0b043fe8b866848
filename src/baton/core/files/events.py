from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FileAdded(Fact):
    """A file was put on a record; its name stands in its row alone, and goes with it."""

    name: ClassVar[str] = "file.added"
    object_type: str
    object_id: int
    file_id: int


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Fact):
    """It went into the trash."""

    name: ClassVar[str] = "file.removed"
    object_type: str
    object_id: int
    file_id: int
