"""Which records have own fields: each module says so of its kinds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Fielded:
    """``model`` keeps the values in its ``custom``."""

    object_type: str
    model: type[Model]


fielded: Slot[Fielded] = Slot(key=lambda one: one.object_type)


@dataclass(frozen=True, kw_only=True)
class FieldUse:
    """Who asks for own fields: ``named`` says in words what asks for that one, by kind of record
    and code."""

    name: str
    named: Callable[[str, str], Iterable[str]]


field_uses: Slot[FieldUse] = Slot(key=lambda one: one.name)
