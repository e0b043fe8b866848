"""Which facts a page of a timeline tells of, as far as its reader sees what they are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

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
        return _of_campaign(wanted, user=user, limit=limit)
    return _ABOUT.rows(
        people=list(wanted.owners),
        deal=wanted.deal_id,
        companies=list(wanted.company_ids),
        limit=Fixed(limit),
        **_place(wanted),
    )


def _place(wanted: Wanted) -> dict[str, Any]:
    """Where in the log: the words of ``_standing``."""
    mark = Before.read(wanted.before) if wanted.before else None
    return {
        "side": Side(wanted.side) if wanted.side else None,
        "since": wanted.since,
        "until": mark.at if mark else None,
        "until_id": mark.fact_id if mark else None,
    }


def _standing(side: Any, since: Any, until: Any, until_id: Any) -> Facts:
    facts = FactRecord.objects.standing().exclude(name__in=_hidden())
    if since:
        facts = facts.filter(happened_at__gte=since)
    if side:
        facts = facts.filter(side__in=[side, Side.BOTH])
    if until:
        older = Q(happened_at=until, pk__lt=until_id) | Q(happened_at__lt=until)
        facts = facts.filter(older)
    return facts


def _about(people: Any, deal: Any, companies: Any) -> Q:
    about = Q(person_id__in=people) if people else Q(pk__in=[])
    about |= Q(deal_id=deal) if deal else Q(pk__in=[])
    # Only its own: what happened with its people comes by person_ids, of those whom one may see.
    is_own = Q(company_id__in=companies, person_id=None)
    return about | is_own if companies else about


_ABOUT = Prepared(
    lambda people, deal, companies, limit, side, since, until, until_id: _newest(
        _standing(side, since, until, until_id).filter(_about(people, deal, companies)), limit
    )
)


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


def _of_campaign(wanted: Wanted, *, user: User | None, limit: int) -> list[FactRecord]:
    """Its own, and how far its people went since they came into it.

    Each of the two is read in the order of its own index, and the newest of both are taken.
    """
    place: dict[str, Any] = {"limit": Fixed(limit), **_place(wanted)}
    rows = _OWN.rows(campaign=wanted.campaign_id, user=user, **place)
    came = _came(wanted)
    if came:
        since = min(came.values())
        found = _WENT.rows(people=list(wanted.owners), names=_milestones(), came=since, **place)
        rows += [row for row in found if _is_later(row, came, owners=wanted.owners)]
    return sorted(rows, key=lambda row: (row.happened_at, row.pk), reverse=True)[: limit + 1]


def _own(campaign: Any, user: User | None, **place: Any) -> Facts:
    facts = _standing(**place).filter(campaign_id=campaign)
    return facts.filter(_nobody_hidden(user)) if user else facts


def _went(people: Any, names: Any, came: Any, **place: Any) -> Facts:
    facts = _standing(**place).filter(person_id__in=people, happened_at__gte=came)
    return facts.filter(campaign_id=None, name__in=names)


_OWN = Prepared(
    lambda campaign, user, limit, side, since, until, until_id: _newest(
        _own(campaign, user, side=side, since=since, until=until, until_id=until_id), limit
    )
)
_WENT = Prepared(
    lambda people, names, came, limit, side, since, until, until_id: _newest(
        _went(people, names, came, side=side, since=since, until=until, until_id=until_id), limit
    )
)
# Of a sum there is no index: so what the few people did is read, not all of a large campaign.
_CAME: Prepared[tuple[int, datetime]] = Prepared(
    lambda campaign, people: (
        FactRecord.objects.standing()
        .alias(within=F("campaign_id") + 0)
        .filter(within=campaign, person_id__in=people)
        .order_by()
        .values_list("person_id")
        .annotate(Min("happened_at"))
    )
)


def _came(wanted: Wanted) -> dict[int, datetime]:
    """When each of the people first came into the campaign."""
    people, came = list(wanted.owners), dict[int, datetime]()
    for born, at in _CAME.rows(campaign=wanted.campaign_id, people=people) if people else []:
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


def _newest(facts: Facts, limit: int) -> Facts:
    return facts.order_by("-happened_at", "-pk")[: limit + 1]


def _hidden() -> Collection[str]:
    return [offer.fact.name for offer in timeline_entries if offer.is_hidden]


def _milestones() -> Collection[str]:
    return [offer.fact.name for offer in timeline_entries if offer.is_milestone]
