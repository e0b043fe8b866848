"""Where higher modules add to a review: to its agenda, and what can be done with a decision."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from baton.core.access.models import User
from baton.core.slots import Slot
from baton.insight.reviews.models import Point
from baton.insight.reviews.rules import Item


@dataclass(frozen=True, kw_only=True)
class AgendaPart:
    """A section of the week that begins on that Monday, as far as the user may see it; a fixed
    number of queries."""

    name: str
    title: Promise
    lines: Callable[[date, User, datetime], Iterable[Item]]


@dataclass(frozen=True, kw_only=True)
class Follow:
    """What came of a decision, or the way to let something come of it."""

    words: str
    url: str


@dataclass(frozen=True, kw_only=True)
class DecisionFollows:
    """``of``: by the ids of decisions what may follow, for this user; a fixed number of queries."""

    name: str
    of: Callable[[list[Point], User], dict[int, list[Follow]]]


agenda_parts: Slot[AgendaPart] = Slot(key=lambda part: part.name)
decision_follows: Slot[DecisionFollows] = Slot(key=lambda one: one.name)


def follows_of(decisions: list[Point], user: User) -> list[tuple[Point, list[Follow]]]:
    found = [each.of(decisions, user) for each in decision_follows] if decisions else []
    return [
        (point, [one for by_id in found for one in by_id.get(point.pk, [])]) for point in decisions
    ]
