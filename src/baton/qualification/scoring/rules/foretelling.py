"""States of what was learned, and what may be foreseen."""

from enum import StrEnum


class State(StrEnum):
    ASKED = "asked"
    READY = "ready"
    REFUSED = "refused"  # rules only
    FAILED = "failed"


class Proposal(StrEnum):
    """Why one should learn anew. Nothing does so by itself."""

    DRIFTED = "drifted"
    GROWN = "grown"


GOALS = ("sql", "customer")
DAYS = (30, 60, 90, 180)
LATE_SHARE = 0.05  # of the handoffs had the field filled afterwards: it is named
GROWN = 1.5  # so many times the outcomes that were learned from: learn anew
