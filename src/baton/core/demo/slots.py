"""Each module tells its chapter of the demo company's story."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db.models import Model

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

    def keep(self, *records: Model) -> None:
        """These came with the demo and go with it, and all that hangs on them."""
        self.roots += records


@dataclass(frozen=True)
class Chapter:
    """``order``: 10 company and users, 20 personas, products, campaigns, pages, scoring, agreement,
    pipelines, 30 people and their visits, 40 handoffs and verdicts, 50 deals."""

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
