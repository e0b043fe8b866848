"""Where higher modules tell what an opener can name of somebody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from baton.core.access.models import User
from baton.core.slots import Slot
from baton.records.audience.rules import Known
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Told:
    """One fact about somebody: as it is said, and where it is from."""

    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Tells:
    """What is known of a person, as far as that user may read it, at that moment."""

    run: Callable[[Person, User, datetime], Mapping[Known, Told]]


tells: Slot[Tells] = Slot()
