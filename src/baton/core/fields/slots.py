"""Which records have own fields: each module says so of its kinds."""

from dataclasses import dataclass

from django.db.models import Model

from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Fielded:
    """``model`` keeps the values in its ``custom``."""

    object_type: str
    model: type[Model]


fielded: Slot[Fielded] = Slot(key=lambda one: one.object_type)
