"""Kinds of records that modules below know by plain ids only, and who sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """``seen`` gives the records of this kind that a user sees; what is told about others, too, is
    not theirs to read."""

    object_type: str  # "deal"
    seen: Callable[[User], QuerySet[Any]]


guarded: Slot[Guarded] = Slot(key=lambda kind: kind.object_type)


def about_seen(user: User, object_type: str, *, column: str) -> Q:
    """The rows whose ``column`` names no record of this kind, or one that the user sees."""
    kind = guarded.find(object_type)
    if kind is None:
        return Q()
    return Q(**{column: None}) | Q(**{f"{column}__in": kind.seen(user).values("pk")})
