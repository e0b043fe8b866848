"""Where higher modules tell what material itself cannot know."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.core.access.models import User
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class BuyerStage:
    """A stage of the buyer's journey, and the lifecycle stages by which somebody is in it."""

    code: str
    name: str
    stages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is known of an open deal, as far as the user may read it."""

    deal_id: int
    objection: str = ""
    competitor: str = ""
    product_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Fates:
    """How many deals that had a material are open, were won, were lost."""

    open: int = 0
    won: int = 0
    lost: int = 0


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Deals that closed, and those of them that had any material."""

    won: int = 0
    won_with: int = 0
    lost: int = 0
    lost_with: int = 0


@dataclass(frozen=True, kw_only=True)
class DealSide:
    """``said``: of the newest open deal of a person. ``objections``: of deals since a moment.
    ``list_url``: of the list of deals in a state that had a material (None: any)."""

    said: Callable[[int, User], Said | None]
    rates: Callable[[User, datetime], Rates]
    fates: Callable[[User], Mapping[int, Fates]]
    objections: Callable[[User, datetime], Sequence[str]]
    list_url: Callable[[str, int | None], str]


deal_sides: Slot[DealSide] = Slot()
buyer_stages: Slot[Callable[[], Sequence[BuyerStage]]] = Slot()
# Of these paths, those that the person with that id read.
read_paths: Slot[Callable[[int, Collection[str]], Collection[str]]] = Slot()
