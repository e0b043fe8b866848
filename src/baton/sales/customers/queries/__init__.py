"""What is known of customers: read only."""

from baton.sales.customers.queries.again import due_again, second_to_tell, usual_second
from baton.sales.customers.queries.briefs import Brief, brief_of
from baton.sales.customers.queries.checkins import (
    checkins_due,
    checkins_for,
    checkins_to_tell,
    condition_words,
    rhythm_of,
)
from baton.sales.customers.queries.favours import favour_counts, people_content, to_ask
from baton.sales.customers.queries.records import (
    customer_of,
    customer_shown,
    customers_matching,
    has_won,
    late_customers,
    waiting_for,
    won_deal_of,
)
from baton.sales.customers.queries.renewals import (
    Repeat,
    bought_again,
    renewals_ahead,
    repeat_rate,
    subscription_of,
    to_remind,
)
from baton.sales.customers.queries.surveys import (
    Satisfaction,
    counting,
    csat_answers,
    mail_to_ask,
    our_name,
    people_to_ask,
    satisfaction,
    satisfied,
)
from baton.sales.customers.queries.terms import favour_terms, may_own, owner_for, terms, terms_of
from baton.sales.customers.queries.value import FirstValues, value_of

__all__ = [
    "Brief",
    "FirstValues",
    "Repeat",
    "Satisfaction",
    "bought_again",
    "brief_of",
    "checkins_due",
    "checkins_for",
    "checkins_to_tell",
    "condition_words",
    "counting",
    "csat_answers",
    "customer_of",
    "customer_shown",
    "customers_matching",
    "due_again",
    "favour_counts",
    "favour_terms",
    "has_won",
    "late_customers",
    "mail_to_ask",
    "may_own",
    "our_name",
    "owner_for",
    "people_content",
    "people_to_ask",
    "renewals_ahead",
    "repeat_rate",
    "rhythm_of",
    "satisfaction",
    "satisfied",
    "second_to_tell",
    "subscription_of",
    "terms",
    "terms_of",
    "to_ask",
    "to_remind",
    "usual_second",
    "value_of",
    "waiting_for",
    "won_deal_of",
]
