"""What leads that nobody answered have cost: the cost a lead of the campaign that brought them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.queries import cost_per_lead, count_people, with_costs
from baton.marketing.campaigns.rules import same_code
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import (
    Months,
    Promise,
    conditions,
    handed_in,
)


@dataclass(frozen=True, kw_only=True)
class Wasted:
    """Of the leads that one campaign brought, those that nobody answered. ``each`` None: what a
    lead of it cost is unknown."""

    campaign: Campaign | None
    codes: tuple[str, ...]  # as links spelled it
    count: int
    each: Decimal | None

    @property
    def cost(self) -> Decimal | None:
        return None if self.each is None else self.each * self.count


@dataclass(frozen=True, kw_only=True)
class Waste:
    """All of them, the dearest first."""

    groups: list[Wasted]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.groups)

    @property
    def unknown(self) -> int:
        """Of how many it is not known what they cost."""
        return sum(one.count for one in self.groups if one.each is None)

    @property
    def cost(self) -> Decimal | None:
        """Of those of which it is known; None where it is of none."""
        known = [one.cost for one in self.groups if one.cost is not None]
        return sum(known, Decimal(0)) if known else None


def never_answered(rows: HandoffQuerySet, *, at: Any) -> HandoffQuerySet:
    """Whose time to be answered has run out, with somebody or in the queue, and who were neither
    accepted nor rejected to this day."""
    due, _kept = conditions(at)[Promise.ACCEPT]
    return rows.filter(due, answered_at=None)


def campaigns_in_vain(months: Months, *, user: User, at: datetime) -> list[str]:
    """The codes of the campaigns of which somebody waits in vain, as links spelled them."""
    return _IN_VAIN.rows(user=user, since=months.since, until=months.until, at=at)


def _in_vain(user: User, since: datetime, until: datetime, at: datetime) -> QuerySet[Any, str]:
    months = Months(first=since.date(), since=since, until=until)
    rows = never_answered(handed_in(months, user=user), at=at)
    return rows.order_by().values_list("person__campaign", flat=True).distinct()


_IN_VAIN: Prepared[str] = Prepared(_in_vain)


def waste_of(rows: HandoffQuerySet, *, user: User, at: Any) -> Waste:
    """By the campaign that is their original source: its cost is shared over all whom it brought.
    A fixed number of queries. Costs are unknown to whoever sees some of the people only."""
    asked = never_answered(rows, at=at).order_by().values_list("person__campaign")
    counts = dict(asked.annotate(count=Count("pk")))
    if not counts:
        return Waste(groups=[])
    known = _campaigns(counts, user=user)
    spelled: dict[int, list[str]] = {}
    for code in counts:
        campaign = known.get(same_code(code)) if code else None
        spelled.setdefault(campaign.pk if campaign else 0, []).append(code)
    by_id: Mapping[int, Campaign] = {one.pk: one for one in known.values()}
    groups = [
        Wasted(
            campaign=by_id.get(pk),
            codes=tuple(codes),
            count=sum(counts[code] for code in codes),
            each=cost_per_lead(by_id[pk]) if pk else None,
        )
        for pk, codes in spelled.items()
    ]
    return Waste(groups=sorted(groups, key=lambda one: (-(one.cost or 0), -one.count)))


def costs_of_leads(codes: Collection[str], *, user: User | None) -> dict[str, Decimal | None]:
    """What a lead of the campaign has cost, by its code as links spelled it; None is unknown.
    ``user`` None sees all."""
    known = _campaigns(codes, user=user)
    found = {code: known.get(same_code(code)) if code else None for code in codes}
    return {code: cost_per_lead(one) if one else None for code, one in found.items()}


def _campaigns(codes: Collection[str], *, user: User | None) -> dict[str, Campaign]:
    """By code, however links spell it; with their costs and leads."""
    wanted = {same_code(code) for code in codes if code}
    seen = Campaign.objects.visible_to(user) if user else Campaign.objects.living()
    rows = seen.values_list("pk", "code")
    ids = [pk for pk, code in rows if same_code(code) in wanted]
    found = list(with_costs(Campaign.objects.filter(pk__in=ids)))
    count_people(found, user=user)
    return {same_code(one.code): one for one in found}
