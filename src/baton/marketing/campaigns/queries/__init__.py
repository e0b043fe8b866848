"""What other modules and our screens may ask about campaigns and costs."""

from baton.marketing.campaigns.queries.beside import counted, latest_costs, latest_members
from baton.marketing.campaigns.queries.calling import (
    campaigns_by_external_ids,
    campaigns_called,
    has_costs,
    spending_between,
)
from baton.marketing.campaigns.queries.coming import campaign_names, led_by, same_code_of
from baton.marketing.campaigns.queries.counts import (
    cost_of,
    cost_per_lead,
    count_people,
    with_costs,
)
from baton.marketing.campaigns.queries.running import Running, owners_by_code, running_on
from baton.marketing.campaigns.queries.subjects import (
    campaign_subject,
    campaigns_seen,
    find_campaign_subject,
)
from baton.marketing.campaigns.queries.telling import (
    changed_words,
    tell_changes,
    tell_coming,
    tell_costs,
    tell_joinings,
)

__all__ = [
    "Running",
    "campaign_names",
    "campaign_subject",
    "campaigns_by_external_ids",
    "campaigns_called",
    "campaigns_seen",
    "changed_words",
    "cost_of",
    "cost_per_lead",
    "count_people",
    "counted",
    "find_campaign_subject",
    "has_costs",
    "latest_costs",
    "latest_members",
    "led_by",
    "owners_by_code",
    "running_on",
    "same_code_of",
    "spending_between",
    "tell_changes",
    "tell_coming",
    "tell_costs",
    "tell_joinings",
    "with_costs",
]
