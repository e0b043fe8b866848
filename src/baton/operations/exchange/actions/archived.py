"""Which tables a file of everything holds: what the modules say of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from baton.core.offers import ArchivePart, archive_parts


@dataclass(frozen=True)
class Table:
    part: ArchivePart
    model: type[models.Model]

    @property
    def name(self) -> str:
        """people.Person"""
        return f"{self.part.app}.{self.model.__name__}"

    @property
    def columns(self) -> list[str]:
        return [field.attname for field in self.model._meta.concrete_fields]

    @property
    def blank(self) -> dict[str, Any]:
        return dict(self.part.blank.get(self.model.__name__, {}))

    @property
    def is_made_at_first(self) -> bool:
        return self.model.__name__ in self.part.made_at_first


def tables() -> list[Table]:
    """In the order of the strata, so that what is pointed at mostly comes first."""
    return [Table(part, model) for part, model in _all() if model.__name__ not in part.left_out]


def contents_named() -> list[str]:
    """What rows have on the disk, as paths in the data folder."""
    named = (part.contents() for part in archive_parts if part.contents)
    return sorted(name for names in named for name in names)


def left_out() -> list[tuple[type[models.Model], str]]:
    """What stays in the house, and why."""
    return [
        (model, part.left_out[model.__name__])
        for part, model in _all()
        if model.__name__ in part.left_out
    ]


def _all() -> Iterator[tuple[ArchivePart, type[models.Model]]]:
    for model in apps.get_models(include_auto_created=True):
        part = archive_parts.find(model._meta.app_label)
        if part and model._meta.managed:
            yield part, model
