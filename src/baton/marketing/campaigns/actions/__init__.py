"""The only place that writes campaigns, their members and costs."""

from baton.marketing.campaigns.actions.adding import CampaignGone, add_people
from baton.marketing.campaigns.actions.campaigns import (
    create_campaign,
    edit_campaign,
    trash_campaign,
)
from baton.marketing.campaigns.actions.costs import (
    add_cost,
    edit_cost,
    remove_cost,
    settle_costs,
)
from baton.marketing.campaigns.actions.foreign import (
    ForeignMember,
    call_campaigns,
    forget_campaigns,
    import_members,
)
from baton.marketing.campaigns.actions.members import Coming, enlist, enlist_known
from baton.marketing.campaigns.actions.refusals import (
    BadAmount,
    BadCode,
    BadPeriod,
    CodeTaken,
    NoName,
    UnknownChannel,
    UnknownKind,
)
from baton.marketing.campaigns.actions.spending import Spent, record_spending, spending_id
from baton.marketing.campaigns.actions.tracking import CAMPAIGN, COST, JOINED

__all__ = [
    "CAMPAIGN",
    "COST",
    "JOINED",
    "BadAmount",
    "BadCode",
    "BadPeriod",
    "CampaignGone",
    "CodeTaken",
    "Coming",
    "ForeignMember",
    "NoName",
    "Spent",
    "UnknownChannel",
    "UnknownKind",
    "add_cost",
    "add_people",
    "call_campaigns",
    "create_campaign",
    "edit_campaign",
    "edit_cost",
    "enlist",
    "enlist_known",
    "forget_campaigns",
    "import_members",
    "record_spending",
    "remove_cost",
    "settle_costs",
    "spending_id",
    "trash_campaign",
]
