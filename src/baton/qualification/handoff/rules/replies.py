from enum import StrEnum

from baton.qualification.handoff.rules.terms import State


class ReplyKind(StrEnum):
    """How marketing answers a verdict."""

    MENDED = "mended"  # what led to it was changed
    DISPUTED = "disputed"  # with what speaks against it
    AGREED = "agreed"  # sales is right


# Verdicts that say something about the lead that marketing handed over.
AGAINST = (State.REJECTED, State.DISQUALIFIED, State.UNREACHABLE)
