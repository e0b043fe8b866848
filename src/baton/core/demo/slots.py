"""Each module tells its chapter of the demo company's story."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db.models import Model

from baton.core.demo.rules import USUAL, Calendar, dice_for
from baton.core.slots import Slot


@dataclass
class Story:
    """What the chapters share: the moment it is told, dice with a fixed seed, and the cast.

    A chapter puts what later ones need into ``cast`` under a plain name, and every root record it
    makes (person, company, deal, campaign, page ...) into ``keep``: with those the demo is removed.
    """

    at: datetime
    dice: Random
    cast: dict[str, Any] = field(default_factory=dict)
    roots: list[Model] = field(default_factory=list)
    count: int = 0  # root records that were noted
    people: int = 0  # who come in the course of a year, beside the cast; 0: the small story

    @property
    def is_year(self) -> bool:
        return self.people > 0

    def keep(self, *records: Model) -> None:
        """These came with the demo and go with it, and all that hangs on them."""
        self.roots += records


@dataclass(frozen=True)
class Chapter:
    """``order``: 10 company and users, 20 personas, products, campaigns, pages, scoring, agreement,
    pipelines, 30 people and their visits, 40 handoffs and verdicts, 50 deals, what is said of
    them."""

    name: str
    order: int
    tell: Callable[[Story], None]
    # What it left outside the database is taken away when the removal is committed.
    clear: Callable[[], None] = lambda: None
    # Kinds on which a company's own records stand, too: real deals in the demo's pipeline. What the
    # demo brought of these stays, with its parts, while something that stays needs one of them.
    ground: tuple[type[Model], ...] = ()


def all_ground() -> set[type[Model]]:
    return {kind for chapter in chapters for kind in chapter.ground}


chapters: Slot[Chapter] = Slot(key=lambda chapter: chapter.name)


@dataclass(frozen=True)
class Year:
    """The frame of a year: its calendar, how many come, and what chapters share (the story's cast).

    ``cast["streams"]`` says on which ways people come (``rules.Stream``).
    """

    story: Story
    seed: int
    calendar: Calendar

    @property
    def at(self) -> datetime:
        return self.story.at

    @property
    def cast(self) -> dict[str, Any]:
        return self.story.cast

    def scaled(self, figure: float) -> float:
        """What is said for the usual year, for one of as many people as this one has."""
        return figure * self.story.people / USUAL

    def dice(self, *names: object) -> Random:
        return dice_for(self.seed, *names)

    def at_desk(self, user_id: int, moment: datetime, *, dice: Random) -> datetime:
        """The moment itself, or when that user comes to it: in office hours, not on leave."""
        for start, end in self.cast.get("leave", {}).get(user_id, ()):
            if start <= moment < end:
                moment = end
        return self.calendar.at_work(moment, dice=dice)


@dataclass
class Bite:
    """People who came one after the other, and all that they did since: told in one transaction."""

    year: Year
    number: int
    arrivals: list[datetime]
    cast: dict[str, Any] = field(default_factory=dict)  # what its later chapters need

    def dice(self, chapter: str) -> Random:
        return self.year.dice(chapter, self.number)

    def keep(self, *records: Model) -> None:
        self.year.story.keep(*records)


@dataclass(frozen=True)
class YearChapter:
    """One module's part of a year, bite by bite, in the same order as the story's chapters.

    ``begin`` comes once, before the first bite: campaigns, pages, reps.
    """

    name: str
    order: int
    tell: Callable[[Bite], None]
    begin: Callable[[Year], None] = lambda year: None


year_chapters: Slot[YearChapter] = Slot(key=lambda chapter: chapter.name)
