from dataclasses import dataclass

from baton.qualification.handoff.rules.terms import Lane

# Later stages are sales' own, and history that an import brought as MQL rings no phone.
WAITING = frozenset({"subscriber", "lead"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides whether somebody is handed off now."""

    stage: str
    origin: str
    score: int
    is_resting: bool = False
    has_open_handoff: bool = False


def lane_for(standing: Standing, *, raised_hand: bool, threshold: int) -> Lane | None:
    """In which lane the person meets the agreement; None: not now.

    A raised hand always does, whatever the score, the stage or a rest. People whom sales found
    itself are handed over by nobody's score.
    """
    if raised_hand:
        return Lane.HAND_RAISE
    if standing.has_open_handoff or standing.is_resting:
        return None
    if standing.stage not in WAITING or standing.origin == "sales":
        return None
    return Lane.SCORE if standing.score >= threshold else None
