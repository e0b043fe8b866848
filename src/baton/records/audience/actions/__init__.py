"""The only place that writes personas and who is which."""

from baton.records.audience.actions.assigning import assign_by_hand, assign_by_rules
from baton.records.audience.actions.links import (
    columns_of,
    edit_for_personas,
    personas_of,
    put_personas,
    read_for_personas,
    take_back_personas,
)
from baton.records.audience.actions.personas import (
    PERSONA,
    BadPersona,
    PersonaTaken,
    create_persona,
    edit_persona,
    trash_personas,
)

__all__ = [
    "PERSONA",
    "BadPersona",
    "PersonaTaken",
    "assign_by_hand",
    "assign_by_rules",
    "columns_of",
    "create_persona",
    "edit_for_personas",
    "edit_persona",
    "personas_of",
    "put_personas",
    "read_for_personas",
    "take_back_personas",
    "trash_personas",
]
