"""What an index holds of which record: said once, made into triggers by the two databases."""

from dataclasses import dataclass

from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Part:
    """A column whose words are the record's.

    Of its own table; with ``points``, of all living rows of ``table`` whose column points at it;
    with ``through``, of the living row of ``table`` that its own column points at.
    """

    name: str
    column: str
    table: str = ""
    points: str = ""
    through: str = ""


@dataclass(frozen=True, kw_only=True)
class Index:
    """The first of four parts is what the record is called."""

    table: str
    record: str  # its table; it has an id and a deleted_at
    parts: tuple[Part, ...]

    @property
    def own(self) -> list[str]:
        """The record's columns that its words hang on."""
        return [part.through or part.column for part in self.parts if not part.points]


indexes: Slot[Index] = Slot(key=lambda index: index.table)
