"""Campaigns, their members and what was spent, out of files."""

from baton.core.offers import import_targets
from baton.marketing.campaigns.imports.campaigns import CAMPAIGNS
from baton.marketing.campaigns.imports.members import MEMBERS
from baton.marketing.campaigns.imports.spending import COSTS

for target in (COSTS, CAMPAIGNS, MEMBERS):
    import_targets.add(target)
