"""What of a list's address a view keeps."""

from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

OPENED = "saved"  # names the view that is open, by its key
PASSING = frozenset(
    {OPENED, "after", "before", "more", "column", "was", "deal"}
)  # a place in the list, no view
LONGEST_STATE = 8000
LONGEST_NAME = 60


class Sharing(StrEnum):
    """Who finds a view among their tabs."""

    PRIVATE = "private"
    TEAM = "team"
    ALL = "all"


def state_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The same words in whatever order, with or without cursors, are the same view."""
    return urlencode(sorted((name, value) for name, value in pairs if _is_kept(name, value)))


def pairs_of(state: str) -> list[tuple[str, str]]:
    return parse_qsl(state, max_num_fields=None)


def _is_kept(name: str, value: str) -> bool:
    return bool(value) and name not in PASSING
