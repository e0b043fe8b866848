"""Products, orders and subscriptions out of files."""

from baton.core.offers import import_targets
from baton.records.purchases.imports.orders import ORDERS
from baton.records.purchases.imports.products import PRODUCTS
from baton.records.purchases.imports.subscriptions import SUBSCRIPTIONS

for target in (PRODUCTS, ORDERS, SUBSCRIPTIONS):
    import_targets.add(target)
