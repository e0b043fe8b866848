"""Who listens to what. A subscriber's dotted name is its cursor's."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from baton.core.facts.kinds import Fact, Origin, kinds
from baton.core.facts.models import FactRecord
from baton.core.facts.publishing import caused_by
from baton.core.prepared import Prepared

K = TypeVar("K", bound=Fact)
ALL = frozenset(Origin)
# Hides the index over names: SQLite would sort all facts of a name to find the next position.
NAME = Coalesce(F("name"), Value(""))


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    name: str
    wanted: tuple[type[Fact], ...]
    handle: Callable[[list[Any]], None]
    origins: frozenset[Origin] = ALL
    from_start: bool = False
    each_alone: bool = False
    was: str = ""

    def listens_to_all(self) -> bool:
        return Fact in self.wanted

    @cached_property
    def names(self) -> list[str]:
        """The names of the facts it wants, as far as this program knows them."""
        return [name for name, kind in kinds.items() if issubclass(kind, self.wanted)]

    def wants(self) -> Q:
        """Which records are handed to it. Who listens to all gets the unknown ones, too."""
        wanted = Q() if self.listens_to_all() else Q(In(NAME, self.names))
        return wanted if self.origins == ALL else wanted & Q(origin__in=self.origins)

    @cached_property
    def next_facts(self) -> "Prepared[FactRecord]":
        """What it is handed next, asked all day long: ``rows(after=…, until=…, limit=Fixed(…))``"""
        return Prepared(
            lambda after, until, limit: (
                FactRecord.objects.standing()
                .filter(self.wants(), position__gt=after, position__lte=until)
                .order_by("position")[:limit]
            )
        )


subscribers: dict[str, Subscriber] = {}


def on(
    *wanted: type[K],
    origins: Collection[Origin] = ALL,
    was: str = "",
    from_start: bool = False,
    each_alone: bool = False,
) -> Callable[[Callable[[K], None]], Callable[[K], None]]:
    """React to each fact of these kinds; ``@on(Fact)`` reacts to all of them.

    - ``origins=ACTS`` for what rings, mails or assigns: imported history must not.
    - ``was`` is the dotted name it had before: the cursor goes on where that one stood.
    - A new subscriber begins with what comes next, or ``from_start`` with the first fact there is.
    - ``each_alone`` commits after each fact, for decisions that must see the one before.
    """

    def register(handler: Callable[[K], None]) -> Callable[[K], None]:
        _register(
            handler,
            partial(_one_by_one, handler),
            wanted=wanted,
            origins=origins,
            was=was,
            from_start=from_start,
            each_alone=each_alone,
        )
        return handler

    return register


def _one_by_one(handler: Callable[[K], None], facts: Sequence[K]) -> None:
    for fact in facts:
        with caused_by(fact):
            handler(fact)


def on_batch(
    *wanted: type[K],
    origins: Collection[Origin] = ALL,
    was: str = "",
    from_start: bool = False,
) -> Callable[[Callable[[list[K]], None]], Callable[[list[K]], None]]:
    """Like ``on``, for handlers that write many rows at once. Publish under ``caused_by``."""

    def register(handler: Callable[[list[K]], None]) -> Callable[[list[K]], None]:
        _register(handler, handler, wanted=wanted, origins=origins, was=was, from_start=from_start)
        return handler

    return register


def _register(
    handler: Callable[[Any], None],
    handle: Callable[[list[Any]], None],
    *,
    wanted: tuple[type[Fact], ...],
    origins: Collection[Origin],
    was: str,
    from_start: bool,
    each_alone: bool = False,
) -> None:
    name = f"{handler.__module__}.{handler.__qualname__}"
    subscribers[name] = Subscriber(
        name=name,
        wanted=wanted,
        handle=handle,
        origins=frozenset(origins),
        was=was,
        from_start=from_start,
        each_alone=each_alone,
    )
