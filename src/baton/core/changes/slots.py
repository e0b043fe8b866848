"""A module says here how a kind of record is read and written back, so that undo can work on it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.slots import Slot

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One kind of record whose changes can be shown and undone.

    ``read`` gives the present plain values of some fields by id; ``write`` sets fields of one
    record by the module's own action; ``trash`` and ``restore`` move records in and out of the
    trash and say which ones moved. ``reach`` gives the rows, those in the trash among them, that a
    user reaches with a verb (edit or delete).
    """

    object_type: str
    label: str
    read: Callable[[Collection[int], Collection[str]], Mapping[int, Values]]
    write: Callable[[int, Values, User | None, datetime], object]
    trash: Callable[[Collection[int], User | None, datetime], Collection[int]]
    restore: Callable[[Collection[int], User | None, datetime], Collection[int]]
    reach: Callable[[User, Verb], QuerySet[Any]]
    has_trash: bool = True  # its records have a key and are shown in the trash


tracked: Slot[Tracked] = Slot(key=lambda kind: kind.object_type)


def tracked_as(object_type: str) -> Tracked | None:
    """How this kind is read and written; None for a kind that cannot be undone."""
    return next((kind for kind in tracked if kind.object_type == object_type), None)
