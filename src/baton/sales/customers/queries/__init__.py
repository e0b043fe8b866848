"""What is known of customers: read only."""

from baton.sales.customers.queries.briefs import Brief, brief_of
from baton.sales.customers.queries.records import (
    customer_of,
    customers_matching,
    has_won,
    late_customers,
    waiting_for,
)
from baton.sales.customers.queries.terms import may_own, owner_for, terms
from baton.sales.customers.queries.value import FirstValues, value_of

__all__ = [
    "Brief",
    "FirstValues",
    "brief_of",
    "customer_of",
    "customers_matching",
    "has_won",
    "late_customers",
    "may_own",
    "owner_for",
    "terms",
    "value_of",
    "waiting_for",
]
