"""The only place that writes stage changes."""

from baton.qualification.lifecycle.actions.by_hand import (
    BY_HAND,
    NoReason,
    NotAStage,
    SameStage,
    move_by_hand,
    undo_move,
)
from baton.qualification.lifecycle.actions.moving import (
    IMPORT,
    NewMove,
    forget_moves,
    move_each,
    move_people,
    move_person,
)

__all__ = [
    "BY_HAND",
    "IMPORT",
    "NewMove",
    "NoReason",
    "NotAStage",
    "SameStage",
    "forget_moves",
    "move_by_hand",
    "move_each",
    "move_people",
    "move_person",
    "undo_move",
]
