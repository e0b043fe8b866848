"""Deals for other programs."""

from baton.sales.deals.api import people
from baton.sales.deals.api.routes import router

router.add_router("/", people.router)

__all__ = ["router"]
