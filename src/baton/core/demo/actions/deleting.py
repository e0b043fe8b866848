"""Rows and what hangs on them, past Django's collector, which would read all of it once more."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.bulk import bites
from baton.core.demo.queries import emptied_by, pointing_at
from baton.core.demo.slots import all_ground


def delete_with_all(model: type[models.Model], ids: Collection[int]) -> None:
    """The rows, and first what points at them, protected or not."""
    for hanging in pointing_at(model, ids):
        found = list(hanging.values_list("pk", flat=True))
        for some in bites(found):
            delete_with_all(hanging.model, some)
    for kept, field in emptied_by(model, ids):
        kept.update(**{field: None})
    delete_rows(model._base_manager.filter(pk__in=ids))
    _forget_named(model, ids)


def delete_rows(rows: QuerySet[Any]) -> None:
    """Nothing may point at them any more."""
    rows._raw_delete(rows.db)


def _forget_named(model: type[models.Model], ids: Collection[int]) -> None:
    """What names its record by type and id, without a foreign key."""
    object_type = str(model._meta.verbose_name).replace(" ", "_")
    named = {"object_type": object_type, "object_id__in": ids}
    for naming in _naming():
        delete_rows(naming._base_manager.filter(**named))


@cache
def _naming() -> list[type[models.Model]]:
    """History, shares, files: whatever has both columns."""
    both = {"object_type", "object_id"}
    return [one for one in apps.get_models() if both <= {at.name for at in one._meta.fields}]


def parts_last(ground: set[type[models.Model]]) -> list[type[models.Model]]:
    """What is part of another kind of the ground goes, or stays, with that."""
    parts = {model for model in ground if _wholes(model) & (ground - {model})}
    return [*(ground - parts), *parts]


def _wholes(model: type[models.Model]) -> set[Any]:
    """Without which a row could not be: one that may be missing is no whole."""
    fields = [field for field in model._meta.get_fields() if field.many_to_one]
    return {field.related_model for field in fields if not getattr(field, "null", False)}


def leave(model: type[models.Model], ids: list[int]) -> int:
    """Delete what nothing stands on any more; returns how many stay."""
    wholes = _wholes(model) & (all_ground() - {model})
    if wholes:  # what is left of those stays with its whole
        return model._base_manager.filter(pk__in=ids).count()
    kept = 0
    for one in model._base_manager.filter(pk__in=ids):
        parts = [part for part in pointing_at(model, [one.pk]) if part.model in all_ground()]
        try:
            with transaction.atomic():
                for part in parts:
                    named = list(part.values_list("pk", flat=True))
                    part.delete()
                    _forget_named(part.model, named)
                pk = one.pk
                one.delete()
                _forget_named(model, [pk])
        except models.ProtectedError:
            kept += 1
    return kept


def retire(model: type[models.Model], ids: list[int]) -> None:
    """Gone, all at once; where something that stays still needs some of them, one by one."""
    rows = model._base_manager.filter(pk__in=ids)
    try:
        with transaction.atomic():
            rows.delete()
    except models.ProtectedError:
        for one in rows.all():
            _retire(one)


def _retire(one: models.Model) -> None:
    """Gone, unless it is needed: then a user without a login, a team."""
    try:
        with transaction.atomic():
            one.delete()
    except models.ProtectedError:
        if isinstance(one, User):
            one.is_active, one.email = False, None
            one.save(update_fields=["is_active", "email"])
