"""First set-up, backup and restore."""

from baton.operations.administration.actions.setup import set_up

__all__ = ["set_up"]
