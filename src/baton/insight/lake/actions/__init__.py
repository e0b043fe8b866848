"""The only writers of the lake."""

from baton.insight.lake.actions.sealing import forget, seal

__all__ = ["forget", "seal"]
