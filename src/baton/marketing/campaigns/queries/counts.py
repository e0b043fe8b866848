"""What a campaign brought and what it cost: from this module alone."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.prepared import Prepared
from baton.core.sqlite.reach import MANY, are_many, past_owners
from baton.marketing.campaigns.models import Campaign, CampaignMember, CampaignQuerySet, Cost
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.marketing.campaigns.rules import Status, same_code
from baton.records.people.models import Person, PersonQuerySet
from baton.records.people.permissions import VIEW_PEOPLE

FIGURES = ("member", "response", "lead")
EACH = Func(template="COUNT(*)", output_field=IntegerField())
Told = tuple[int, str, int]  # campaign, figure, how many more


def _all_of(rows: QuerySet[Any]) -> Subquery:
    """How many, read off an index; grouped, each row would be compared with the one before."""
    counted = rows.order_by().annotate(n=EACH).values("n")
    return Subquery(counted)


_MEMBERS = CampaignMember.objects.filter(campaign=OuterRef("pk"))
_COUNTED: Prepared[tuple[int, int, int, int]] = Prepared(
    lambda ids: Campaign.objects.filter(pk__in=ids).values_list(
        "pk",
        _all_of(_MEMBERS),
        _all_of(_MEMBERS.filter(status=Status.RESPONDED)),
        _all_of(_with_code().living().filter(campaign=OuterRef("code"))),
    )
)
_IN_TRASH: Prepared[tuple[int, str, int]] = Prepared(
    lambda: (
        CampaignMember.objects.filter(person__in=Person.objects.exclude(deleted_at=None))
        .order_by()
        .values_list("campaign", "status")
        .annotate(n=Count("pk"))
    )
)
_WAYS: Prepared[str] = Prepared(
    lambda: _with_code().order_by().values_list("campaign", flat=True).distinct()
)
_LED: Prepared[tuple[str, int]] = Prepared(
    lambda ways: (
        _with_code()
        .living()
        .filter(campaign__in=ways)
        .order_by()
        .values_list("campaign")
        .annotate(n=Count("pk"))
    )
)


def _with_code() -> PersonQuerySet:
    """In the words of the index ``person_by_campaign``."""
    return Person.objects.exclude(campaign="")


def with_costs(campaigns: CampaignQuerySet) -> CampaignQuerySet:
    """Campaigns with ``spent``, ``cost_count`` and ``unknown_count`` (no rate) of their costs."""
    costs = Cost.objects.living().filter(campaign=OuterRef("pk"))
    spent = costs.order_by().values("campaign").annotate(total=Sum("base_amount")).values("total")
    return campaigns.annotate(
        cost_count=_count(costs),
        unknown_count=_count(costs.filter(base_amount=None)),
        spent=Subquery(spent, output_field=DecimalField(max_digits=16, decimal_places=2)),
    )


def count_people(campaigns: Collection[Any], *, user: User | None) -> None:
    """Gives each its figures of the people whom this user may see; None sees all.

    ``member_count`` all members, ``response_count`` those who sent a form, ``lead_count`` those
    whose original source it is; ``is_whole`` whether nobody is hidden from this user.
    """
    codes = {campaign.pk: campaign.code for campaign in campaigns}
    is_whole = user is None or user.scope(VIEW_PEOPLE) is Scope.ALL
    counts = {pk: Counter[str]() for pk in codes}
    if user is None or user.may(VIEW_CAMPAIGNS):
        seen = _of_all(codes) if user is None or is_whole else _of_seen(codes, user=user)
        for pk, figure, n in seen:
            counts[pk][figure] += n
    for campaign in campaigns:
        for figure in FIGURES:
            setattr(campaign, f"{figure}_count", counts[campaign.pk][figure])
        campaign.is_whole = is_whole


def _of_all(codes: Mapping[int, str]) -> Iterator[Told]:
    """Members and people each by an index of theirs: who sees all is not asked about each.

    Whoever lies in the trash is a member still, and taken off. A code of a link that the campaign
    writes otherwise is told apart, for such are few.
    """
    for pk, *found in _COUNTED.rows(ids=list(codes)):
        yield from ((pk, figure, n) for figure, n in zip(FIGURES, found, strict=True))
    for pk, status, n in _IN_TRASH.rows():
        if pk in codes:
            yield pk, "member", -n
            yield pk, "response", -n if status == Status.RESPONDED else 0
    ids = {same_code(code): pk for pk, code in codes.items()}
    ways = [way for way in _WAYS.rows() if way not in codes.values() and same_code(way) in ids]
    for way, n in _LED.rows(ways=ways) if ways else ():
        yield ids[same_code(way)], "lead", n


def _of_seen(codes: Mapping[int, str], *, user: User) -> Iterator[Told]:
    """The people whom they see are walked once for all campaigns."""
    same = {pk: same_code(code) for pk, code in codes.items()}
    is_of_many = user.scope(VIEW_PEOPLE) is Scope.TEAM and are_many(_SEEN.count(user=user))
    for pk, status, code, n in _members_seen(goes_past=is_of_many).rows(user=user, ids=list(codes)):
        yield pk, "member", n
        yield pk, "response", n if status == Status.RESPONDED else 0
        yield pk, "lead", n if same_code(code) == same[pk] else 0


_SEEN: Prepared[Any] = Prepared(
    lambda user: Person.objects.visible_to(user).values("pk")[: MANY + 1]
)


@cache
def _members_seen(*, goes_past: bool) -> Prepared[tuple[int, str, str, int]]:
    """From people on: asked whether each is among those that may be seen, SQLite lists these
    first."""
    met = past_owners if goes_past else QuerySet.all
    return Prepared(
        lambda user, ids: (
            met(Person.objects.visible_to(user))
            .filter(memberships__campaign__in=ids)
            .order_by()
            .values_list("memberships__campaign", "memberships__status", "campaign")
            .annotate(n=Count("pk"))
        )
    )


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
