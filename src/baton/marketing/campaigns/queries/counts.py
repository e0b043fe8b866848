"""What a campaign brought and what it cost: from this module alone."""

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.sqlite.reach import MANY, by_order
from baton.marketing.campaigns.models import CampaignQuerySet, Cost
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.marketing.campaigns.rules import Status, same_code
from baton.records.people.models import Person
from baton.records.people.permissions import VIEW_PEOPLE


def with_costs(campaigns: CampaignQuerySet) -> CampaignQuerySet:
    """Campaigns with ``spent``, ``cost_count`` and ``unknown_count`` (no rate) of their costs."""
    costs = Cost.objects.living().filter(campaign=OuterRef("pk"))
    spent = costs.order_by().values("campaign").annotate(total=Sum("base_amount")).values("total")
    return campaigns.annotate(
        cost_count=_count(costs),
        unknown_count=_count(costs.filter(base_amount=None)),
        spent=Subquery(spent, output_field=DecimalField(max_digits=16, decimal_places=2)),
    )


def count_people(campaigns: Collection[Any], *, user: User) -> None:
    """Gives each its figures of the people whom this user may see.

    ``member_count`` all members, ``response_count`` those who sent a form, ``lead_count`` those
    whose original source it is; ``is_whole`` whether nobody is hidden from this user. The people
    are walked once for all campaigns, and codes compared once for each way they are written.
    """
    codes = {campaign.pk: same_code(campaign.code) for campaign in campaigns}
    counts = {pk: Counter[str]() for pk in codes}
    for pk, status, code, n in _members(codes, user=user):
        counts[pk]["member"] += n
        counts[pk]["response"] += n if status == Status.RESPONDED else 0
        counts[pk]["lead"] += n if same_code(code) == codes[pk] else 0
    for campaign in campaigns:
        for figure in ("member", "response", "lead"):
            setattr(campaign, f"{figure}_count", counts[campaign.pk][figure])
        campaign.is_whole = user.scope(VIEW_PEOPLE) is Scope.ALL


def _members(campaigns: Collection[int], *, user: User) -> Iterable[tuple[int, str, str, int]]:
    """Campaign, status and how the person's own campaign is written, with how many there are."""
    if not user.may(VIEW_CAMPAIGNS):
        return []
    people: QuerySet[Person] = Person.objects.visible_to(user)
    if user.scope(VIEW_PEOPLE) is Scope.TEAM:
        people = by_order(people, total=people.values("pk")[: MANY + 1].count())
    # From people on: asked whether each is among those that may be seen, SQLite lists these first.
    members = people.filter(memberships__campaign__in=campaigns).order_by()
    kinds = members.values_list("memberships__campaign", "memberships__status", "campaign")
    return kinds.annotate(n=Count("pk"))


def cost_of(campaign: Any) -> Decimal | None:
    """In the company's currency; None (unknown) without any cost, or with one of no known rate.

    ``campaign`` comes from with_costs.
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
