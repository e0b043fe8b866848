"""The only place that writes personas and who is which."""

from baton.records.audience.actions.assigning import assign_by_hand, assign_by_rules
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
    "create_persona",
    "edit_persona",
    "trash_personas",
]
