"""Hand the story's facts to all who derive from them, as a worker would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from baton.core.facts.at_once import heard_at_once
from baton.core.facts.delivery import deliver_round
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.numbering import seat_subscribers
from baton.core.facts.subscribers import subscribers

LONGEST = 1.0  # seconds of one transaction: here nobody waits to write


@dataclass(frozen=True)
class Standing:
    """How many of the log's facts all subscribers have heard."""

    heard: int
    of: int


def catch_up(*, told: Callable[[Standing], None] = lambda standing: None) -> None:
    """Until nothing waits; ``told`` after each round."""
    seat_subscribers()
    while deliver_round(longest=LONGEST):
        told(_standing())


@contextmanager
def heard_along() -> Iterator[None]:
    """What is told inside is heard in the same transaction, as soon as all before it has been."""
    catch_up()
    with heard_at_once():
        yield


def _standing() -> Standing:
    unnumbered = FactRecord.objects.filter(position=None).count()
    places = Cursor.objects.filter(name__in=subscribers).values_list("position", flat=True)
    end = Cursor.objects.values_list("position", flat=True).get(name=Cursor.LINE)
    return Standing(heard=min(places, default=end), of=end + unnumbered)
