"""The only place that writes stage changes."""

from baton.qualification.lifecycle.actions.buying import (
    buyer_move,
    make_customers,
    recount_buyers,
)
from baton.qualification.lifecycle.actions.by_hand import (
    BY_HAND,
    NoReason,
    NotAStage,
    SameStage,
    move_by_hand,
    undo_move,
)
from baton.qualification.lifecycle.actions.companies import (
    NothingByHand,
    derive_companies,
    free_company_stage,
    set_company_stage,
)
from baton.qualification.lifecycle.actions.moves import IMPORT, NewMove
from baton.qualification.lifecycle.actions.moving import (
    forget_moves,
    move_each,
    move_people,
    move_person,
)
from baton.qualification.lifecycle.actions.newcomers import begin_newcomers, shown_of

__all__ = [
    "BY_HAND",
    "IMPORT",
    "NewMove",
    "NoReason",
    "NotAStage",
    "NothingByHand",
    "SameStage",
    "begin_newcomers",
    "buyer_move",
    "derive_companies",
    "forget_moves",
    "free_company_stage",
    "make_customers",
    "move_by_hand",
    "move_each",
    "move_people",
    "move_person",
    "recount_buyers",
    "set_company_stage",
    "shown_of",
    "undo_move",
]
