"""What runs now, and what it brought lately."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
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
    campaigns = _RUNNING.rows(user=user, day=day, most=Fixed(most))
    ids = [campaign.pk for campaign in campaigns]
    came = {pk: (n, leads) for pk, n, leads in _CAME.rows(user=user, ids=ids, since=since)}
    spent = {pk: total for pk, total, n, known in _SPENT.rows(ids=ids) if n == known}
    return [
        Running(
            campaign=campaign,
            came=came.get(campaign.pk, (0, 0))[0],
            leads=came.get(campaign.pk, (0, 0))[1],
            spent=spent.get(campaign.pk),
        )
        for campaign in campaigns
    ]


def _running(user: User, day: date, most: int) -> QuerySet[Campaign]:
    begun = Q(starts_on=None) | Q(starts_on__lte=day)
    rows = Campaign.objects.visible_to(user).filter(begun, Q(ends_on=None) | Q(ends_on__gte=day))
    return rows.order_by(F("starts_on").desc(nulls_last=True), "-pk")[:most]


def _came(user: User, ids: Collection[int], since: datetime) -> QuerySet[Any, Any]:
    """By campaign how many came, and for how many of them it is the original source."""
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    rows = CampaignMember.objects.filter(Exists(seen), campaign__in=ids, at__gte=since)
    # The same letters are the same code: only others are compared with all their spellings.
    is_led = Q(person__campaign=F("campaign__code")) | Q(same=same_code_of("campaign__code"))
    return (
        rows.annotate(same=same_code_of("person__campaign"))
        .order_by()
        .values("campaign")
        .annotate(came=Count("pk"), leads=Count("pk", filter=is_led))
        .values_list("campaign", "came", "leads")
    )


def _spent(ids: Collection[int]) -> QuerySet[Any, Any]:
    """By campaign the sum, and of how many costs it is; a cost of no known rate has no amount."""
    costs = Cost.objects.living().filter(campaign__in=ids).order_by().values("campaign")
    found = costs.annotate(total=Sum("base_amount"), n=Count("pk"), known=Count("base_amount"))
    return found.values_list("campaign", "total", "n", "known")


_RUNNING: Prepared[Campaign] = Prepared(_running)
_CAME: Prepared[tuple[int, int, int]] = Prepared(_came)
_SPENT: Prepared[tuple[int, Decimal, int, int]] = Prepared(_spent)


def owners_by_code(codes: Collection[str]) -> Mapping[str, int]:
    """Who owns the living campaign of each of these spellings; those of nobody are left out."""
    ids = campaigns_of(codes) if codes else {}
    owned = Campaign.objects.filter(pk__in=ids.values(), owner__isnull=False)
    owners = {pk: owner for pk, owner in owned.values_list("pk", "owner") if owner}
    return {code: owners[pk] for code, pk in ids.items() if pk in owners}
