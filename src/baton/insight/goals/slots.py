"""Where higher modules mark on a figure's charts what happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from baton.core.access.models import User
from baton.core.slots import Slot
from baton.insight.goals.rules import Span


@dataclass(frozen=True, kw_only=True)
class Happened:
    """On that day something was done that may move the figure."""

    on: date
    words: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureMarks:
    """``among``: what the user may see of these days that touches the figure of that name."""

    name: str
    among: Callable[[User, str, Span], Iterable[Happened]]


figure_marks: Slot[FigureMarks] = Slot(key=lambda one: one.name)


def happened_in(user: User, figure: str, span: Span) -> list[Happened]:
    """Of all modules, the earliest first."""
    found = [one for each in figure_marks for one in each.among(user, figure, span)]
    return sorted(found, key=lambda one: (one.on, one.words))
