"""What runs now, and what it brought lately."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from baton.core.access.models import User
from baton.marketing.campaigns.models import Campaign, CampaignMember, Cost
from baton.marketing.campaigns.queries.coming import campaigns_of, same_code_of
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Running:
    """``spent``: all that is known so far; None = no cost, or one of no known rate."""

    campaign: Campaign
    came: int
    leads: int
    spent: Decimal | None


def running_on(day: date, *, since: datetime, user: User, most: int) -> list[Running]:
    """Those whose period the day lies in, the youngest first; who came ``since``. Three queries.

    Only these days are counted: a campaign may have reached everybody by now.
    """
    begun = Q(starts_on=None) | Q(starts_on__lte=day)
    rows = Campaign.objects.visible_to(user).filter(begun, Q(ends_on=None) | Q(ends_on__gte=day))
    campaigns = list(rows.order_by(F("starts_on").desc(nulls_last=True), "-pk")[:most])
    came = _came(campaigns, since=since, user=user)
    spent = _spent(campaigns)
    return [
        Running(
            campaign=campaign,
            came=came.get(campaign.pk, (0, 0))[0],
            leads=came.get(campaign.pk, (0, 0))[1],
            spent=spent.get(campaign.pk),
        )
        for campaign in campaigns
    ]


def _came(
    campaigns: Collection[Campaign], *, since: datetime, user: User
) -> Mapping[int, tuple[int, int]]:
    """By campaign how many came, and for how many of them it is the original source."""
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    rows = CampaignMember.objects.filter(Exists(seen), campaign__in=campaigns, at__gte=since)
    # The same letters are the same code: only others are compared with all their spellings.
    is_led = Q(person__campaign=F("campaign__code")) | Q(same=same_code_of("campaign__code"))
    counted = (
        rows.annotate(same=same_code_of("person__campaign"))
        .order_by()
        .values("campaign")
        .annotate(came=Count("pk"), leads=Count("pk", filter=is_led))
    )
    return {
        pk: (came, leads) for pk, came, leads in counted.values_list("campaign", "came", "leads")
    }


def _spent(campaigns: Collection[Campaign]) -> Mapping[int, Decimal]:
    costs = Cost.objects.living().filter(campaign__in=campaigns).order_by().values("campaign")
    found = costs.annotate(all=Count("pk"), known=Count("base_amount"), spent=Sum("base_amount"))
    return {row["campaign"]: row["spent"] for row in found if row["all"] == row["known"]}


def owners_by_code(codes: Collection[str]) -> Mapping[str, int]:
    """Who owns the living campaign of each of these spellings; those of nobody are left out."""
    ids = campaigns_of(codes) if codes else {}
    owned = Campaign.objects.filter(pk__in=ids.values(), owner__isnull=False)
    owners = {pk: owner for pk, owner in owned.values_list("pk", "owner") if owner}
    return {code: owners[pk] for code, pk in ids.items() if pk in owners}
