"""Handoffs, verdicts and the agreement over the API: the same actions as the screens."""

from baton.qualification.handoff.api import (
    agreements,
    clocks,
    concluding,
    deciding,
    named,
    passing,
    replying,
    rests,
    routing,
    turns,
)
from baton.qualification.handoff.api.handoffs import router

__all__ = [
    "agreements",
    "clocks",
    "concluding",
    "deciding",
    "named",
    "passing",
    "replying",
    "rests",
    "router",
    "routing",
    "turns",
]
