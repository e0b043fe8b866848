"""Handoffs of the past, told in a handful of statements: offers, clocks, verdicts and what follows.

The same rows and facts as the single acts make, each at its own time.
"""

from baton.qualification.handoff.actions.past.plans import Clocks, PastHandoff, PastOffer
from baton.qualification.handoff.actions.past.writing import record_handoffs, record_returns

__all__ = ["Clocks", "PastHandoff", "PastOffer", "record_handoffs", "record_returns"]
