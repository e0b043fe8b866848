"""What other modules and our screens may ask about campaigns and costs."""

from baton.marketing.campaigns.queries.counts import cost_of, cost_per_lead, with_counts
from baton.marketing.campaigns.queries.telling import names_of, tell_joinings

__all__ = [
    "cost_of",
    "cost_per_lead",
    "names_of",
    "tell_joinings",
    "with_counts",
]
