"""The reports over the wire, in the shapes of the command line."""

from baton.insight.analytics.api.routes import router

__all__ = ["router"]
