"""The clocks that run beside the handoff's own: answers to messages, and care for open deals."""

from baton.qualification.handoff.actions.promised.deals import ClockedDeal, follow_deals
from baton.qualification.handoff.actions.promised.pausing import (
    BadPause,
    pause_clock,
    resume_clock,
)
from baton.qualification.handoff.actions.promised.recounting import recount_promises
from baton.qualification.handoff.actions.promised.replies import (
    follow_answerers,
    note_answer,
    note_message,
    stop_reply,
    withdraw_clocks,
)
from baton.qualification.handoff.actions.promised.tending import Ring, tend_clocks

__all__ = [
    "BadPause",
    "ClockedDeal",
    "Ring",
    "follow_answerers",
    "follow_deals",
    "note_answer",
    "note_message",
    "pause_clock",
    "recount_promises",
    "resume_clock",
    "stop_reply",
    "tend_clocks",
    "withdraw_clocks",
]
