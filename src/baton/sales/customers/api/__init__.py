"""Customers for other programs."""

from baton.sales.customers.api import favours, keeping, rhythms, surveys
from baton.sales.customers.api.routes import router

router.add_router("/", keeping.router)
router.add_router("/", favours.router)
router.add_router("/", surveys.router)
router.add_router("/", rhythms.router)

__all__ = ["router"]
