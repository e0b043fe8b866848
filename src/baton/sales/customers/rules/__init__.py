"""Decisions about customers. No database, no clock."""

from baton.sales.customers.rules.handover import Gives, Handover, Promise, stands

__all__ = ["Gives", "Handover", "Promise", "stands"]
