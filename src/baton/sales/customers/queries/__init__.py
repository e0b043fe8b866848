"""What is known of customers: read only."""

from baton.sales.customers.queries.briefs import Brief, brief_of
from baton.sales.customers.queries.records import (
    customer_of,
    customers_matching,
    has_won,
    late_customers,
    waiting_for,
)
from baton.sales.customers.queries.renewals import (
    Repeat,
    bought_again,
    renewals_ahead,
    repeat_rate,
    subscription_of,
    to_remind,
)
from baton.sales.customers.queries.terms import may_own, owner_for, terms
from baton.sales.customers.queries.value import FirstValues, value_of

__all__ = [
    "Brief",
    "FirstValues",
    "Repeat",
    "bought_again",
    "brief_of",
    "customer_of",
    "customers_matching",
    "has_won",
    "late_customers",
    "may_own",
    "owner_for",
    "renewals_ahead",
    "repeat_rate",
    "subscription_of",
    "terms",
    "to_remind",
    "value_of",
    "waiting_for",
]
