"""Customers for other programs."""

from baton.sales.customers.api import favours, keeping, surveys
from baton.sales.customers.api.routes import router

router.add_router("/", keeping.router)
router.add_router("/", favours.router)
router.add_router("/", surveys.router)

__all__ = ["router"]
