"""What Fennmark's marketing said to the verdicts of its sales."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from baton.core.access.models import User
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import ReplyKind

DAY = timedelta(days=1)
LATELY = 60 * DAY  # older verdicts were before marketing answered any
# By reason; those that are not named wait for an answer still.
SAID = {
    "no_fit": (ReplyKind.MENDED, "The guide's form asks now how many people work there"),
    "bad_data": (ReplyKind.AGREED, ""),
    "not_a_buyer": (ReplyKind.DISPUTED, "They buy for the plant in Kassel themselves"),
    "no_budget": (ReplyKind.AGREED, ""),
}


def answer_verdicts(handoffs: Iterable[Handoff], *, by: User, until: datetime) -> None:
    """A day after each, as far as that day has come."""
    for handoff in handoffs:
        said, ended = SAID.get(handoff.verdict), handoff.closed_at
        if said and ended and until - LATELY < ended < until - DAY:
            kind, note = said
            actions.reply_to_verdict(handoff=handoff, kind=kind, note=note, by=by, at=ended + DAY)
