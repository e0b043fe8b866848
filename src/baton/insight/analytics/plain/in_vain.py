"""Leads that nobody answered, as plain data of a row of the closed loop."""

from typing import Any

from baton.insight.analytics.rules import Row

IN_VAIN, IN_VAIN_UNKNOWN = ["unanswered", "unanswered_cost"], "unanswered_cost_unknown"


def in_vain_data(row: Row) -> dict[str, Any]:
    """How many, what they cost (null: unknown), and of how many that is unknown."""
    cost = row.unanswered_cost
    told = None if cost is None else float(cost)
    return {"unanswered": row.unanswered, "unanswered_cost": told} | {
        IN_VAIN_UNKNOWN: row.unanswered_unknown
    }
