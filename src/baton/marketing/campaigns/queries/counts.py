"""What a campaign brought and what it cost: from this module alone."""

from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.marketing.campaigns.models import CampaignMember, CampaignQuerySet, Cost, MemberQuerySet
from baton.marketing.campaigns.queries.coming import same_code_of
from baton.marketing.campaigns.rules import Status
from baton.records.people.permissions import VIEW_PEOPLE


def with_counts(campaigns: CampaignQuerySet, *, user: User) -> CampaignQuerySet:
    """Campaigns with their figures, of the people whom this user may see.

    ``member_count`` all members, ``response_count`` those who sent a form, ``lead_count`` those
    whose original source it is; ``spent``, ``cost_count`` and ``unknown_count`` (no rate) of costs;
    ``is_whole`` whether nobody is hidden from this user.
    """
    members = CampaignMember.objects.visible_to(user).filter(campaign=OuterRef("pk"))
    costs = Cost.objects.living().filter(campaign=OuterRef("pk"))
    spent = costs.order_by().values("campaign").annotate(total=Sum("base_amount")).values("total")
    return campaigns.annotate(
        member_count=_count(members),
        response_count=_count(members.filter(status=Status.RESPONDED)),
        lead_count=_count(_led(members)),
        cost_count=_count(costs),
        unknown_count=_count(costs.filter(base_amount=None)),
        is_whole=Value(user.scope(VIEW_PEOPLE) is Scope.ALL, output_field=BooleanField()),
        spent=Subquery(spent, output_field=DecimalField(max_digits=16, decimal_places=2)),
    )


def _led(members: MemberQuerySet) -> MemberQuerySet:
    """Those whose original source the campaign is."""
    own = members.annotate(same=same_code_of("person__campaign"))
    return own.filter(same=same_code_of(OuterRef("code")))


def cost_of(campaign: Any) -> Decimal | None:
    """In the company's currency; None (unknown) without any cost, or with one of no known rate.

    ``campaign`` comes from with_counts.
    """
    if not campaign.cost_count or campaign.unknown_count:
        return None
    return Decimal(campaign.spent)


def cost_per_lead(campaign: Any) -> Decimal | None:
    """Cost / people whose original source it is; None where either is unknown or nobody came.

    Unknown, too, to whoever sees some of the people only: all of the cost over those says nothing.
    """
    cost = cost_of(campaign) if campaign.is_whole else None
    return cost / campaign.lead_count if cost is not None and campaign.lead_count else None


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(group=F("campaign")).values("group")
    total = counted.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)
