"""Campaigns by what other systems call them, and what those said was spent."""

from collections.abc import Collection
from datetime import date

from baton.marketing.campaigns.models import Campaign, CampaignExternalId, Cost
from baton.marketing.campaigns.queries.coming import campaigns_of
from baton.marketing.campaigns.rules import OF_A_FILE


def campaigns_called(names: Collection[str]) -> dict[str, Campaign]:
    """Living ones by these names: their code, however it is written, else the name of only one."""
    by_code = campaigns_of(names)
    folded = {name: name.casefold()[:160] for name in names if name not in by_code}
    living = Campaign.objects.living()
    bearers: dict[str, list[Campaign]] = {}
    for one in living.filter(sort_key__in=folded.values()):
        bearers.setdefault(one.sort_key, []).append(one)
    ours = living.in_bulk([*by_code.values()])
    found = {name: ours[pk] for name, pk in by_code.items() if pk in ours}
    named = {name: bearers.get(key, []) for name, key in folded.items()}
    return found | {name: alike[0] for name, alike in named.items() if len(alike) == 1}


def spending_between(
    source: str, campaigns: Collection[Campaign], *, since: date, until: date
) -> list[Cost]:
    """What files of that system said of these campaigns and days."""
    told = Cost.objects.living().filter(external_id__startswith=f"{OF_A_FILE}{source} ")
    rows = told.filter(campaign__in=campaigns, from_on__lte=until, to_on__gte=since)
    return list(rows.order_by("pk"))


def campaigns_by_external_ids(source: str, keys: Collection[str]) -> dict[str, Campaign]:
    """Campaigns by that system's ids; those in the trash, too, since the id stays theirs."""
    rows = CampaignExternalId.objects.filter(source=source, external_id__in=keys)
    return {row.external_id: row.campaign for row in rows.select_related("campaign")}


def has_costs(campaign: Campaign, *, but: str) -> bool:
    """Whether something is known of what was spent for it, apart from the cost of this key."""
    return Cost.objects.living().filter(campaign=campaign).exclude(external_id=but).exists()
