"""Where kinds of records that lie above are scored, and what becomes of people is known."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.offers import Label
from baton.core.slots import Slot
from baton.records.people.models import Person

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
# Whoever asks the main score for so many points says how many; the greatest is offered.
thresholds: Slot[Callable[[], int]] = Slot()


@dataclass(frozen=True, kw_only=True)
class ScoreMark:
    """What became of somebody, marked on their score over time."""

    at: datetime
    words: str
    url: str = ""


# Of a person what this user sees: a fixed number of queries.
score_marks: Slot[Callable[[Person, User], Iterable[ScoreMark]]] = Slot()


@dataclass(frozen=True, kw_only=True)
class KnownOutcome:
    """What is known to have become of people: a trial says of how many whom a draft hands off.

    ``people``: ids of those of whom the user may know it, since a moment. ``worth``: of some of
    them how much it was, in the company's currency; None where that is hidden.
    """

    name: str
    label: Label
    people: Callable[[User, datetime], QuerySet[Any, Any]]
    worth: Callable[[User, datetime, QuerySet[Any, Any]], Decimal | None] | None = None
    permission: str = ""  # whose who have it; empty: everybody's who sees scores
    order: int = 100


known_outcomes: Slot[KnownOutcome] = Slot(key=lambda outcome: outcome.name)

# Ids of people of whom nobody can say that they would not have bought, whatever was written down:
# unless they did reach what is foreseen, nothing is learned from them.
untold_outcomes: Slot[Callable[[], Iterable[int]]] = Slot()
