"""Handoffs, verdicts and the agreement over the API: the same actions as the screens."""

from baton.qualification.handoff.api import clocks, concluding, passing, replying
from baton.qualification.handoff.api.handoffs import router

__all__ = ["clocks", "concluding", "passing", "replying", "router"]
