from dataclasses import dataclass


class Unusable(Exception):
    """The file or the recipe cannot be used at all; one sentence says what to do."""


@dataclass(frozen=True, kw_only=True)
class RowError:
    """What is wrong with one line; ``line`` counts from 1, the header included."""

    file: str
    line: int
    column: str
    message: str
