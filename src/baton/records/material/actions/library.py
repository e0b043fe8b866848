"""Material made, edited, retired and thrown away."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    trash_rows,
)
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.records.audience.actions import columns_of, edit_for_personas, put_personas
from baton.records.material.models import Material
from baton.records.people.rules import tidy

TEXTS = {
    "title": 160,
    "sentence": 400,
    "link": 500,
    "stage": 12,
    "objection": 250,
    "competitor": 120,
    "language": 10,
}
FIELDS = frozenset({*TEXTS, "product", "owner", "valid_until", "is_retired"})
is_link = URLValidator(schemes=["http", "https"])


class BadMaterial(RuleViolation):
    """A title, a link or a text that no material can have."""


class MaterialTaken(RuleViolation):
    """Another living material has that title."""


@transaction.atomic
def create_material(*, values: Mapping[str, Any], by: User | None, at: datetime) -> Material:
    """A new one; ``personas`` among the values are those whom it is for.

    Raises BadMaterial and MaterialTaken.
    """
    material = Material()
    _set(material, {"title": "", **columns_of(values)})
    material.version = 1
    save_material(material)
    put_personas(material, {one.pk for one in values.get("personas", ())})
    record_change(
        object_type="material",
        object_id=material.pk,
        verb="created",
        after={"title": material.title},
        by=by,
        at=at,
    )
    return material


@transaction.atomic
def edit_material(
    *,
    material: Material,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Material:
    """Set what differs; each edit is a version. Raises LostRace, BadMaterial, MaterialTaken."""
    material = Material.objects.select_for_update().get(pk=material.pk)
    told = edit_for_personas(material, values, version=version, give=_set)
    if told:
        save_material(material)
        record_change(
            object_type="material",
            object_id=material.pk,
            verb="edited",
            before={name: old for name, (old, _new) in told.items()},
            after={name: new for name, (_old, new) in told.items()},
            by=by,
            at=at,
            batch=batch,
        )
    return material


def retire_material(*, material: Material, is_retired: bool, by: User, at: datetime) -> UUID:
    """Proposed no more, or again; undone by the batch that is returned."""
    batch = new_key()
    edit_material(
        material=material,
        values={"is_retired": is_retired},
        version=None,
        by=by,
        at=at,
        batch=batch,
    )
    return batch


@transaction.atomic
def trash_material(*, material_ids: Collection[int], by: User | None, at: datetime) -> UUID:
    """Delete, to be undone by the batch that is returned; what was sent stays on timelines."""
    moved = trash_rows(Material.objects.filter(pk__in=material_ids), at=at)
    return record_each(moved, object_type="material", verb="deleted", by=by, at=at)


def save_material(material: Material) -> None:
    try:
        with transaction.atomic():
            material.save()
    except IntegrityError as error:
        words = _("There is material called %(title)s already.")
        raise MaterialTaken(words % {"title": material.title}) from error


def _set(material: Material, values: Mapping[str, Any], *, version: int | None = None) -> list[str]:
    """Give it the values that differ; returns their names. Saves nothing."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = {
        name: tidy(value) if isinstance(value, str) else value for name, value in values.items()
    }
    for name, most in TEXTS.items():
        if len(clean.get(name, "")) > most:
            words = _("%(field)s has %(most)d characters at most.")
            raise BadMaterial(words % {"field": name.capitalize(), "most": most})
    if clean.get("title") == "":
        raise BadMaterial(_("Give the material a title."))
    _refuse_bad_link(clean.get("link", ""))
    changed = apply_edit(material, values=clean, version=version)
    material.sort_key = material.title.casefold()[:160]
    return changed


def _refuse_bad_link(link: str) -> None:
    try:
        if link:
            is_link(link)
    except ValidationError as error:
        raise BadMaterial(_("Write the link whole, like https://example.com/guide.")) from error
