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

__all__ = [
    "Brief",
    "brief_of",
    "customer_of",
    "customers_matching",
    "has_won",
    "late_customers",
    "may_own",
    "owner_for",
    "terms",
    "waiting_for",
]
