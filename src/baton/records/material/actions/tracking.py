"""How material and what was sent are read and written back, so that undo works on them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, restore_rows, trash_rows
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.records.audience.actions import read_for_personas, take_back_personas
from baton.records.material.actions.library import save_material
from baton.records.material.models import Material, MaterialUse
from baton.records.material.permissions import EDIT_MATERIAL, SEND_MATERIAL

Ids = Collection[int]


def _write(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """As it was; the undo writes its own history."""
    material = Material.objects.select_for_update().get(pk=pk)
    columns = take_back_personas(material, values)
    apply_edit(material, values=live_values(Material, columns))
    material.sort_key = material.title.casefold()[:160]
    save_material(material)


def _bring_back(ids: Ids) -> list[int]:
    """Those whose title another has by now stay in the trash."""
    taken = Material.objects.living().values("sort_key")
    return restore_rows(Material.objects.filter(pk__in=ids).exclude(sort_key__in=taken))


def _write_use(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """What was sent has nothing to edit."""
    raise TypeError(f"Not to be edited: {', '.join(values)}")


MATERIAL = Tracked(
    object_type="material",
    label="Sales material",
    read=partial(read_for_personas, Material),
    write=_write,
    trash=lambda ids, by, at: trash_rows(Material.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: _bring_back(ids),
    reach=lambda user, _verb: Material.objects.reached_by(user, EDIT_MATERIAL),
)
USE = Tracked(
    object_type="material_use",
    label="Material sent",
    read=partial(read_fields, MaterialUse),
    write=_write_use,
    trash=lambda ids, by, at: trash_rows(MaterialUse.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: restore_rows(MaterialUse.objects.filter(pk__in=ids)),
    reach=lambda user, _verb: MaterialUse.objects.reached_by(user, SEND_MATERIAL),
)
