"""Deals for other programs."""

from baton.sales.deals.api.routes import router

__all__ = ["router"]
