"""Bring files in."""

from baton.operations.exchange.actions.leftovers import write_leftovers
from baton.operations.exchange.actions.running import import_files

__all__ = ["import_files", "write_leftovers"]
