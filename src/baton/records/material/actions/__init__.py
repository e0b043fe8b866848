"""The only place that writes material and what was sent."""

from baton.records.material.actions.library import (
    BadMaterial,
    MaterialTaken,
    create_material,
    edit_material,
    retire_material,
    trash_material,
)
from baton.records.material.actions.sending import NotToBeSent, PastUse, record_uses, send_material
from baton.records.material.actions.tracking import MATERIAL, USE

__all__ = [
    "MATERIAL",
    "USE",
    "BadMaterial",
    "MaterialTaken",
    "NotToBeSent",
    "PastUse",
    "create_material",
    "edit_material",
    "record_uses",
    "retire_material",
    "send_material",
    "trash_material",
]
