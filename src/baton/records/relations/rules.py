"""The kinds of relation, which way they are read, and when one is over."""

from datetime import date
from enum import StrEnum

LONGEST_TITLE = 160
BACK = ".back"  # behind a kind: read from the other end


class RelationKind(StrEnum):
    """A name, never renamed: of the person, to the other or at the company."""

    MANAGES = "manages"
    ASSISTS = "assists"
    COLLEAGUE = "colleague"
    SUCCEEDS = "succeeds"
    INTRODUCED = "introduced"
    ADVISES = "advises"
    PARTNER = "partner"
    RELATIVE = "relative"
    FRIEND = "friend"
    WORKS_AT = "works_at"
    FOUNDER = "founder"
    BOARD = "board"
    INVESTOR = "investor"
    ADVISER = "adviser"


OF_COMPANIES = frozenset(
    {
        RelationKind.WORKS_AT,
        RelationKind.FOUNDER,
        RelationKind.BOARD,
        RelationKind.INVESTOR,
        RelationKind.ADVISER,
    }
)
BOTH_WAYS = frozenset(
    {RelationKind.COLLEAGUE, RelationKind.PARTNER, RelationKind.RELATIVE, RelationKind.FRIEND}
)


def read_way(way: str) -> tuple[RelationKind, bool]:
    """The kind, and whether it is read from the other end. Raises ValueError."""
    kind, is_back = RelationKind(way.removesuffix(BACK)), way.endswith(BACK)
    if is_back and (kind in OF_COMPANIES or kind in BOTH_WAYS):
        raise ValueError(way)
    return kind, is_back


def is_over(*, is_past: bool, until: date | None, on: date) -> bool:
    """Whether it was, and is no more, on that day."""
    return is_past or (until is not None and until < on)
