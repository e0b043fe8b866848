"""What goes into a file of everything."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class ArchivePart:
    """A module's tables in a file of everything, but those ``left_out``. ``blank`` is what secrets
    are there; the rows of ``made_at_first``, which a set-up fills, give way to those of a file.
    """

    app: str
    left_out: Mapping[str, str] = field(default_factory=dict)  # model's name -> why
    blank: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # model -> column -> value
    made_at_first: frozenset[str] = frozenset()
    contents: Callable[[], Iterable[str]] | None = None  # paths on the disk that end in a SHA-256


archive_parts: Slot[ArchivePart] = Slot(key=lambda offer: offer.app)
