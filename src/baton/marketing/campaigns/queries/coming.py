"""Who came with a campaign's code, however it was written in the link."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Func, Min, Q
from django.db.models.functions import Coalesce

from baton.core.facts import Origin
from baton.core.facts.models import FactRecord
from baton.core.prepared import Prepared
from baton.marketing.campaigns.models import Campaign, MemberQuerySet
from baton.marketing.campaigns.rules import same_code, same_code_sql
from baton.marketing.capture.models import Visit
from baton.records.people.events import PersonCreated
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Came:
    """A person, when they came, and how they came to be known."""

    person_id: int
    at: datetime
    origin: Origin
    batch: UUID | None


def same_code_of(field: str | Any) -> Func:
    """The field in the form in which codes are compared; see rules.same_code."""
    place = F(field) if isinstance(field, str) else field
    return Func(place, template=same_code_sql("%(expressions)s"), output_field=CharField())


_SPELLED: Prepared[tuple[str, int, str]] = Prepared(
    lambda codes: (
        Campaign.objects.living()
        .annotate(same=same_code_of("code"))
        .filter(same__in=codes)
        .values_list("code", "pk", "name")
    )
)


def campaigns_of(codes: Collection[str]) -> Mapping[str, int]:
    """Ids of living campaigns by each of these spellings; of two alike the one that is exact."""
    return {code: pk for code, (pk, _name) in _spelled(codes).items()}


def campaign_names(codes: Collection[str]) -> Mapping[str, str]:
    """Names of living campaigns by each of these spellings; codes of no campaign are left out."""
    return {code: name for code, (_pk, name) in _spelled(codes).items()}


def _spelled(codes: Collection[str]) -> dict[str, tuple[int, str]]:
    wanted = {same_code(code) for code in codes}
    exact = {code: (pk, name) for code, pk, name in _SPELLED.rows(codes=wanted)}
    alike = {same_code(code): found for code, found in exact.items()}
    known = {code: exact.get(code) or alike.get(same_code(code)) for code in codes}
    return {code: found for code, found in known.items() if found}


def led_by(members: MemberQuerySet, campaign: Campaign) -> MemberQuerySet:
    """Those whose original source the campaign is."""
    own = members.annotate(same=same_code_of("person__campaign"))
    return own.filter(same=same_code(campaign.code))


def people_who_came(campaign: Campaign, *, after: int, limit: int) -> list[Came]:
    """Living people with that first touch, or a visit of it, by id; the next bite of them."""
    code = same_code(campaign.code)
    visits = Visit.objects.counted().annotate(same=same_code_of("campaign")).filter(same=code)
    people = Person.objects.living().annotate(
        same=same_code_of("campaign"), known_at=Coalesce("lead_at", "created_at")
    )
    came = people.filter(Q(same=code) | Q(pk__in=visits.values("person")), pk__gt=after)
    rows = list(came.order_by("pk").values_list("pk", "same", "known_at")[:limit])
    ids = [pk for pk, _same, _at in rows]
    seen = visits.filter(person__in=ids).values_list("person").annotate(Min("started_at"))
    visited = dict(seen.order_by())
    known = _known_by(ids)
    return [
        Came(
            person_id=pk,
            at=known_at if same == code else visited[pk],
            origin=known.get(pk, (Origin.LIVE, None))[0],
            batch=known.get(pk, (Origin.LIVE, None))[1],
        )
        for pk, same, known_at in rows
    ]


def _known_by(person_ids: Collection[int]) -> dict[int, tuple[Origin, UUID | None]]:
    """How people came to be known: what is told of an import's people is the import's, too."""
    facts = FactRecord.objects.standing().filter(name=PersonCreated.name, person_id__in=person_ids)
    return {
        person_id: (Origin(source), batch)
        for person_id, source, batch in facts.values_list("person_id", "origin", "batch")
        if person_id
    }
