"""States of what was learned, what may be foreseen, and when it is time to learn anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from baton.qualification.scoring.rules.foresight.drifting import DRIFTED


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


def plain(value: Any) -> float | str | None:
    """As a process that learns takes it: a yes or no is a choice; nothing said is None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, ""):
        return None
    return value if isinstance(value, str) else float(value)


def months_of(rows: Sequence[tuple[int, datetime]]) -> dict[str, list[tuple[int, datetime]]]:
    """Who was handed over, by the month of it."""
    found: dict[str, list[tuple[int, datetime]]] = {}
    for pk, made in rows:
        found.setdefault(f"{made:%Y-%m}", []).append((pk, made))
    return found


def proposal_of(
    *, drift: Mapping[str, Any], figures: Mapping[str, Any], outcomes: int
) -> Proposal | None:
    """Whether it is time to learn anew, and why. ``outcomes`` are those known by now, of which
    ``figures`` keep how many were known then: of very many only the latest taught."""
    latest = next((row for row in reversed(drift.get("months", [])) if row["index"]), None)
    if latest and latest["index"] >= DRIFTED:
        return Proposal.DRIFTED
    known = figures.get("known", figures.get("n", 0))
    return Proposal.GROWN if outcomes >= GROWN * known else None
