"""Where kinds of records that lie above are scored."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.offers import Label
from baton.core.slots import Slot

Ids = Collection[int]


@dataclass(frozen=True, kw_only=True)
class ScoredKind:
    """Companies, deals: records with a shown score and grade, and facts that tell about them.

    ``born_as``: ids in the log -> who that is now. ``show`` writes ``{id: {score, grade}}``.
    """

    about: str  # rules.models.About
    label: Label
    rows: Callable[[], QuerySet[Any]]  # the living ones
    show: Callable[[Mapping[int, Mapping[str, Any]]], object]
    seen: Callable[[User], QuerySet[Any]]
    list_url: str  # name of the address of their list
    born_as: Callable[[Ids], Mapping[int, int]] = lambda ids: {pk: pk for pk in ids}

    @property
    def column(self) -> str:
        """Of the log."""
        return f"{self.about}_id"


scored_kinds: Slot[ScoredKind] = Slot(key=lambda kind: kind.about)
# Whoever asks the main score for more than so many points says how many; the greatest is offered.
thresholds: Slot[Callable[[], int]] = Slot()
