"""Which facts a page of a timeline tells of, as far as its reader sees what they are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.core.access.slots import guarded
from baton.core.facts import Side
from baton.core.facts.models import FactRecord
from baton.core.offers import timeline_entries
from baton.core.prepared import Fixed, Prepared
from baton.records.people.models import Person
from baton.records.timeline.rules import Before

Facts = QuerySet[FactRecord]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a page tells of. ``owners``: ids that facts were born with -> whose they are today."""

    owners: Mapping[int, int] = field(default_factory=dict)
    deal_id: int | None = None
    company_ids: Collection[int] = ()  # a company's, and of all that it took in
    campaign_id: int | None = None
    side: str | None = None
    before: str = ""
    since: datetime | None = None


def latest_facts(wanted: Wanted, *, user: User | None, limit: int) -> list[FactRecord]:
    """The newest, one more than ``limit`` where there are more. Raises ValueError for a bad
    ``before``."""
    if wanted.campaign_id:
        return _of_campaign(_asked(wanted), wanted, user=user, limit=limit)
    if wanted.since or wanted.side or wanted.before:
        return _newest(_asked(wanted).filter(_about(wanted)), limit)
    return _FIRST.rows(
        people=list(wanted.owners),
        deal=wanted.deal_id,
        companies=list(wanted.company_ids),
        limit=Fixed(limit),
    )


def _first(people: Any, deal: Any, companies: Any, limit: int) -> Facts:
    wanted = Wanted(owners=dict.fromkeys(people, 0), deal_id=deal, company_ids=companies)
    return _in_order(_asked(wanted).filter(_about(wanted)), limit)


_FIRST = Prepared(_first)


def _about(wanted: Wanted) -> Q:
    about = Q(person_id__in=wanted.owners) if wanted.owners else Q(pk__in=[])
    about |= Q(deal_id=wanted.deal_id) if wanted.deal_id else Q(pk__in=[])
    # Only its own: what happened with its people comes by person_ids, of those whom one may see.
    is_own = Q(company_id__in=wanted.company_ids, person_id=None)
    return about | is_own if wanted.company_ids else about


def without_hidden_deals(rows: Sequence[FactRecord], *, user: User) -> list[FactRecord]:
    """Those about no deal, or about one that the user sees."""
    deals = guarded.find("deal")
    ids = {row.deal_id for row in rows if row.deal_id}
    seen = set(_SEEN.rows(user=user, ids=ids)) if ids and deals else ids
    return [row for row in rows if not row.deal_id or row.deal_id in seen]


def _seen_deals(user: User, ids: Collection[int]) -> "QuerySet[Any, int]":
    seen = {kind.object_type: kind.seen for kind in guarded}["deal"]
    return seen(user).filter(pk__in=ids).order_by().values_list("pk", flat=True)


_SEEN = Prepared(_seen_deals)


def _asked(wanted: Wanted) -> Facts:
    facts = FactRecord.objects.standing().exclude(name__in=_hidden())
    if wanted.since:
        facts = facts.filter(happened_at__gte=wanted.since)
    if wanted.side:
        facts = facts.filter(side__in=[Side(wanted.side), Side.BOTH])
    if wanted.before:
        mark = Before.read(wanted.before)
        older = Q(happened_at=mark.at, pk__lt=mark.fact_id) | Q(happened_at__lt=mark.at)
        facts = facts.filter(older)
    return facts


def _of_campaign(
    facts: Facts, wanted: Wanted, *, user: User | None, limit: int
) -> list[FactRecord]:
    """Its own, and how far its people went since they came into it.

    Each of the two is read in the order of its own index, and the newest of both are taken.
    """
    own = facts.filter(campaign_id=wanted.campaign_id)
    rows = _newest(own.filter(_nobody_hidden(user)) if user else own, limit)
    came = _came(wanted)
    if came:
        since = min(came.values())
        went = facts.filter(person_id__in=wanted.owners, happened_at__gte=since, campaign_id=None)
        found = _newest(went.filter(name__in=_milestones()), limit)
        rows += [row for row in found if _is_later(row, came, owners=wanted.owners)]
    return sorted(rows, key=lambda row: (row.happened_at, row.pk), reverse=True)[: limit + 1]


def _came(wanted: Wanted) -> dict[int, datetime]:
    """When each of the people first came into the campaign."""
    own = FactRecord.objects.standing().filter(campaign_id=wanted.campaign_id)
    came: dict[int, datetime] = {}
    firsts = own.filter(person_id__in=wanted.owners).order_by().values_list("person_id")
    for born, at in firsts.annotate(Min("happened_at")) if wanted.owners else []:
        owner = wanted.owners[born]
        came[owner] = min(at, came.get(owner, at))
    return came


def _is_later(row: FactRecord, came: Mapping[int, datetime], *, owners: Mapping[int, int]) -> bool:
    at = came.get(owners[row.person_id or 0])
    return at is not None and row.happened_at >= at


def _nobody_hidden(user: User) -> Q:
    """About nobody, or about somebody whom the user sees, be it under a former id."""
    seen = Person.objects.visible_to(user)
    themselves = seen.filter(pk=OuterRef("person_id"))
    merged = seen.filter(former_ids__old_id=OuterRef("person_id"))
    return Q(person_id=None) | Exists(themselves) | Exists(merged)


def _newest(facts: Facts, limit: int) -> list[FactRecord]:
    return list(_in_order(facts, limit))


def _in_order(facts: Facts, limit: int) -> Facts:
    return facts.order_by("-happened_at", "-pk")[: limit + 1]


def _hidden() -> Collection[str]:
    return [offer.fact.name for offer in timeline_entries if offer.is_hidden]


def _milestones() -> Collection[str]:
    return [offer.fact.name for offer in timeline_entries if offer.is_milestone]
