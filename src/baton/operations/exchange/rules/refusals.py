from dataclasses import dataclass

from baton.core.errors import RuleViolation


class Unusable(RuleViolation):
    """The file or the recipe cannot be used at all; one sentence says what to do."""


class BadLine(RuleViolation):
    """A line that cannot be read; one sentence says what to do."""


@dataclass(frozen=True, kw_only=True)
class RowError:
    """What is wrong with one line; ``line`` counts from 1, the header included."""

    file: str
    line: int
    column: str
    message: str


@dataclass(frozen=True, kw_only=True)
class RowConflict:
    """A field of a record that was here before, of which the file says something else."""

    file: str
    line: int
    name: str  # of the record, as the file calls it
    field: str
    ours: str
    theirs: str
