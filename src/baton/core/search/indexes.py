"""What an index holds of which record: said once, made into triggers by the two databases."""

from collections.abc import Collection
from dataclasses import dataclass

from baton.core.slots import Slot

WEIGHTS = "ABCD"  # of the four parts, on PostgreSQL


@dataclass(frozen=True, kw_only=True)
class Part:
    """A column whose words are the record's.

    Of its own table; with ``points``, of all living rows of ``table`` whose column points at it;
    with ``through``, of the living row of ``table`` that its own column points at.
    Whoever does not see ``field`` of the record finds it by none of these words.
    """

    name: str
    column: str
    table: str = ""
    points: str = ""
    through: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class Index:
    """The first of four parts is what the record is called."""

    table: str
    record: str  # its table; it has an id and a deleted_at
    parts: tuple[Part, ...]
    object_type: str = ""

    @property
    def own(self) -> list[str]:
        """The record's columns that its words hang on."""
        return [part.through or part.column for part in self.parts if not part.points]

    def places_without(self, hidden: Collection[str]) -> list[int]:
        """Of the parts by which whoever is kept from these fields finds a record."""
        return [place for place, part in enumerate(self.parts) if part.field not in hidden]


indexes: Slot[Index] = Slot(key=lambda index: index.table)
