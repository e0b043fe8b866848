"""The only place that writes agreements, handoffs, pools and rests."""

from baton.qualification.handoff.actions.absent import pass_on_absent, pass_on_departed
from baton.qualification.handoff.actions.agreements import (
    amend_agreement,
    ensure_first_agreement,
    sign_agreement,
)
from baton.qualification.handoff.actions.answering import accept_handoff, reasons_of, reject_handoff
from baton.qualification.handoff.actions.concluding import (
    confirm_need,
    disqualify,
    qualify_and_hand_on,
    settle_by_deal,
    withdraw_handoffs,
)
from baton.qualification.handoff.actions.conditions import (
    note_conditions,
    note_conditions_after,
)
from baton.qualification.handoff.actions.escalating import escalate_overdue, give_to
from baton.qualification.handoff.actions.leftovers import send_back_without_handoff
from baton.qualification.handoff.actions.logging import log_contact
from baton.qualification.handoff.actions.members import (
    remove_member,
    set_availability,
    set_member,
)
from baton.qualification.handoff.actions.naming import (
    BadAccount,
    Named,
    delete_named_accounts,
    name_accounts,
    preview_accounts,
)
from baton.qualification.handoff.actions.ordering import move_to
from baton.qualification.handoff.actions.passing import closes, hand_on, take_back
from baton.qualification.handoff.actions.past import (
    Clocks,
    PastHandoff,
    PastOffer,
    record_handoffs,
    record_returns,
)
from baton.qualification.handoff.actions.pools import (
    create_pool,
    delete_pool,
    delete_routing_rule,
    ensure_pools,
    save_routing_rule,
)
from baton.qualification.handoff.actions.prices import note_prices
from baton.qualification.handoff.actions.profiles import set_profile
from baton.qualification.handoff.actions.promised import (
    BadPause,
    ClockedDeal,
    Ring,
    follow_answerers,
    follow_deals,
    note_answer,
    note_message,
    pause_clock,
    recount_promises,
    resume_clock,
    tend_clocks,
    withdraw_clocks,
)
from baton.qualification.handoff.actions.qualifying import qualify_person
from baton.qualification.handoff.actions.queues import edit_pool
from baton.qualification.handoff.actions.recounting import recount_clocks
from baton.qualification.handoff.actions.refusals import (
    AlreadyAnswered,
    BadAgreement,
    BadPool,
    BadVerdict,
    MayNotSign,
    NotAccepted,
    NotAgreed,
    NothingToSign,
    NotYours,
    StaleTerms,
)
from baton.qualification.handoff.actions.regretting import undo_answer
from baton.qualification.handoff.actions.replying import reply_to_verdict
from baton.qualification.handoff.actions.resting import end_rests
from baton.qualification.handoff.actions.rests import REST, change_rest
from baton.qualification.handoff.actions.returning import let_rest_on
from baton.qualification.handoff.actions.territories import delete_territory, save_territory
from baton.qualification.handoff.actions.touching import answer_by_booking, note_touch
from baton.qualification.handoff.actions.tracking import (
    ANSWER,
    NAMED_ACCOUNT,
    POOL,
    ROUTING_RULE,
    TERRITORY,
)

__all__ = [
    "ANSWER",
    "NAMED_ACCOUNT",
    "POOL",
    "REST",
    "ROUTING_RULE",
    "TERRITORY",
    "AlreadyAnswered",
    "BadAccount",
    "BadAgreement",
    "BadPause",
    "BadPool",
    "BadVerdict",
    "ClockedDeal",
    "Clocks",
    "MayNotSign",
    "Named",
    "NotAccepted",
    "NotAgreed",
    "NotYours",
    "NothingToSign",
    "PastHandoff",
    "PastOffer",
    "Ring",
    "StaleTerms",
    "accept_handoff",
    "amend_agreement",
    "answer_by_booking",
    "change_rest",
    "closes",
    "confirm_need",
    "create_pool",
    "delete_named_accounts",
    "delete_pool",
    "delete_routing_rule",
    "delete_territory",
    "disqualify",
    "edit_pool",
    "end_rests",
    "ensure_first_agreement",
    "ensure_pools",
    "escalate_overdue",
    "follow_answerers",
    "follow_deals",
    "give_to",
    "hand_on",
    "let_rest_on",
    "log_contact",
    "move_to",
    "name_accounts",
    "note_answer",
    "note_conditions",
    "note_conditions_after",
    "note_message",
    "note_prices",
    "note_touch",
    "pass_on_absent",
    "pass_on_departed",
    "pause_clock",
    "preview_accounts",
    "qualify_and_hand_on",
    "qualify_person",
    "reasons_of",
    "record_handoffs",
    "record_returns",
    "recount_clocks",
    "recount_promises",
    "reject_handoff",
    "remove_member",
    "reply_to_verdict",
    "resume_clock",
    "save_routing_rule",
    "save_territory",
    "send_back_without_handoff",
    "set_availability",
    "set_member",
    "set_profile",
    "settle_by_deal",
    "sign_agreement",
    "take_back",
    "tend_clocks",
    "undo_answer",
    "withdraw_clocks",
    "withdraw_handoffs",
]
