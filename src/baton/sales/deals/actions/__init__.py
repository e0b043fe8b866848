"""All that may be done to deals and pipelines; each act is one transaction."""

from baton.sales.deals.actions.clocks import begin_clocks, keep_clocks, note_touches
from baton.sales.deals.actions.closing import (
    AlreadyClosed,
    NotClosed,
    lose_deal,
    reopen_deal,
    win_deal,
)
from baton.sales.deals.actions.editing import assign_owner, edit_deal
from baton.sales.deals.actions.gates import ClosingIncomplete, GateClosed
from baton.sales.deals.actions.giving import give_deals_of
from baton.sales.deals.actions.history import TRACKED
from baton.sales.deals.actions.holding import BadAmount, DealGone, StageGone
from baton.sales.deals.actions.lines import (
    AmountFromLines,
    BadLine,
    Line,
    add_line,
    remove_line,
    set_lines,
)
from baton.sales.deals.actions.moving import DealClosed, NeedsItsForm, OtherPipeline, move_deal
from baton.sales.deals.actions.opening import NobodyToSellTo, NoName, NotAnOpenStage, open_deal
from baton.sales.deals.actions.orders import LINK, OtherBuyer, link_order
from baton.sales.deals.actions.past import PastDeal, record_deals
from baton.sales.deals.actions.people import (
    NoSuchRole,
    NotOfTheDeal,
    TooManyPeople,
    add_person,
    make_primary,
    people_ids,
    remove_person,
    set_people,
    set_role,
)
from baton.sales.deals.actions.pipelines import (
    PipelineRefused,
    create_pipeline,
    ensure_default_pipeline,
    rename_pipeline,
    trash_pipeline,
)
from baton.sales.deals.actions.rates import value_deals
from baton.sales.deals.actions.shown import show_deal_scores
from baton.sales.deals.actions.stages import (
    add_stage,
    edit_stage,
    remove_stage,
    set_gate,
    shift_stage,
)
from baton.sales.deals.actions.trash import trash_deals

__all__ = [
    "LINK",
    "TRACKED",
    "AlreadyClosed",
    "AmountFromLines",
    "BadAmount",
    "BadLine",
    "ClosingIncomplete",
    "DealClosed",
    "DealGone",
    "GateClosed",
    "Line",
    "NeedsItsForm",
    "NoName",
    "NoSuchRole",
    "NobodyToSellTo",
    "NotAnOpenStage",
    "NotClosed",
    "NotOfTheDeal",
    "OtherBuyer",
    "OtherPipeline",
    "PastDeal",
    "PipelineRefused",
    "StageGone",
    "TooManyPeople",
    "add_line",
    "add_person",
    "add_stage",
    "assign_owner",
    "begin_clocks",
    "create_pipeline",
    "edit_deal",
    "edit_stage",
    "ensure_default_pipeline",
    "give_deals_of",
    "keep_clocks",
    "link_order",
    "lose_deal",
    "make_primary",
    "move_deal",
    "note_touches",
    "open_deal",
    "people_ids",
    "record_deals",
    "remove_line",
    "remove_person",
    "remove_stage",
    "rename_pipeline",
    "reopen_deal",
    "set_gate",
    "set_lines",
    "set_people",
    "set_role",
    "shift_stage",
    "show_deal_scores",
    "trash_deals",
    "trash_pipeline",
    "value_deals",
    "win_deal",
]
