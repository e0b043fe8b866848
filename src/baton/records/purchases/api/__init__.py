"""Over the REST API: products at /api/v1/purchases/, orders/ and subscriptions/ below it."""

from baton.records.purchases.api import orders, subscriptions
from baton.records.purchases.api.products import router as router

router.add_router("/orders/", orders.router)
router.add_router("/subscriptions/", subscriptions.router)
