"""The fact log as a timeline: one page of entries with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.slots import guarded
from baton.core.facts import Fact, Side, Touch, UnknownFact
from baton.core.facts.models import FactRecord
from baton.core.offers import Telling, TimelineEntry, timeline_entries
from baton.records.people.models import Identity, Person
from baton.records.people.queries import born_as
from baton.records.timeline.rules import Before, Entry, collapse

LOAD = 30
NOTHING = Telling()


@dataclass(frozen=True, kw_only=True)
class TimelinePage:
    """Newest first. ``older`` is handed back as ``before`` for the next page; "" on the last."""

    entries: list[Entry]
    older: str = ""


def timeline_of(
    *,
    person_ids: Collection[int] = (),
    deal_id: int | None = None,
    company_id: int | None = None,
    side: str | None = None,
    before: str = "",
    since: datetime | None = None,
    limit: int = LOAD,
    user: User | None = None,
) -> TimelinePage:
    """What happened with any of these, as standing facts tell it; of merged people too.

    A company's facts are told as far as they are about nobody or about ``person_ids``; those about
    deals that ``user`` does not see are left out. ``side`` (marketing, sales) leaves out what only
    the other side did. Facts that no module offers an entry for are shown by their name. Raises
    ValueError for a bad ``before``.
    """
    owners = born_as(person_ids) if person_ids else {}
    about = Q(person_id__in=owners) if owners else Q(pk__in=[])
    about |= Q(deal_id=deal_id) if deal_id else Q(pk__in=[])
    # Only its own: what happened with its people comes by person_ids, of those whom one may see.
    about |= Q(company_id=company_id, person_id=None) if company_id else Q(pk__in=[])
    facts = FactRecord.objects.standing().filter(about).exclude(name__in=_hidden())
    if since:
        facts = facts.filter(happened_at__gte=since)
    if side:
        facts = facts.filter(side__in=[Side(side), Side.BOTH])
    if before:
        mark = Before.read(before)
        older = Q(happened_at=mark.at, pk__lt=mark.fact_id) | Q(happened_at__lt=mark.at)
        facts = facts.filter(older)
    found = list(facts.order_by("-happened_at", "-pk")[: limit + 1])
    rows = found[:limit]
    is_alone = len(person_ids) == 1 and not deal_id and not company_id
    seen = _without_hidden_deals(rows, user=user) if user else rows
    told = _told(seen, owners=owners, is_alone=is_alone)
    return TimelinePage(
        entries=list(collapse(told, zone=timezone.get_current_timezone())),
        older=_mark(rows[-1]) if len(found) > limit else "",
    )


def titles_of(facts: Sequence[Fact]) -> dict[int, str]:
    """What a timeline calls each of these facts, by its id; those that it does not tell are out."""
    tellings = _tellings(facts)
    titles: dict[int, str] = {}
    for fact in facts:
        offer, telling = timeline_entries.find(fact.name), tellings.get(fact.id, NOTHING)
        if offer and not telling.is_gone:
            titles[fact.id] = telling.title or offer.title(fact)
    return titles


def people_now(born: Collection[int]) -> dict[int, int]:
    """Ids in the fact log -> who that is today; the ids of nobody any more are left out."""
    merged = dict(Identity.objects.filter(old_id__in=born).values_list("old_id", "person_id"))
    themselves = Person.objects.filter(pk__in=set(born) - merged.keys())
    return merged | {pk: pk for pk in themselves.values_list("pk", flat=True)}


def _without_hidden_deals(rows: Sequence[FactRecord], *, user: User) -> list[FactRecord]:
    deals = guarded.find("deal")
    ids = {row.deal_id for row in rows if row.deal_id}
    seen = set(deals.seen(user).in_bulk(ids)) if ids and deals else ids
    return [row for row in rows if not row.deal_id or row.deal_id in seen]


def _hidden() -> list[str]:
    return [offer.fact.name for offer in timeline_entries if offer.is_hidden]


def _mark(row: FactRecord) -> str:
    return str(Before(at=row.happened_at, fact_id=row.pk))


def _told(
    rows: Sequence[FactRecord], *, owners: Mapping[int, int], is_alone: bool
) -> Iterable[Entry]:
    facts = [row.as_fact() for row in rows]
    tellings = _tellings(facts)
    people = {fact.person_id: owners.get(fact.person_id or 0, fact.person_id) for fact in facts}
    names = _names(facts, people=people.values())
    for fact in facts:
        telling = tellings.get(fact.id, NOTHING)
        if not telling.is_gone:
            person_id = people[fact.person_id]
            actor = names.users.get(fact.actor_id or 0, "")
            person = names.people.get(person_id or 0, "")
            ours = [actor] if is_alone else [actor, person]
            who = [person] if fact.touch is Touch.THEIRS else ours
            yield _entry(fact, telling=telling, who=who, person_id=person_id)


def _tellings(facts: Iterable[Fact]) -> dict[int, Telling]:
    """What the modules add from their rows: each is asked once for all its facts."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.name].append(fact)
    tellings: dict[int, Telling] = {}
    for name, same in by_kind.items():
        offer = timeline_entries.find(name)
        if offer and offer.tell_many:
            tellings |= offer.tell_many(same)
    return tellings


@dataclass(frozen=True)
class _Names:
    users: Mapping[int, str]
    people: Mapping[int, str]


def _names(facts: Iterable[Fact], *, people: Iterable[int | None]) -> _Names:
    users = User.objects.filter(pk__in={fact.actor_id for fact in facts if fact.actor_id})
    known = Person.objects.filter(pk__in={pk for pk in people if pk})
    return _Names(
        users=dict(users.values_list("pk", "name")),
        people=dict(known.values_list("pk", "full_name")),
    )


def _entry(fact: Fact, *, telling: Telling, who: Iterable[str], person_id: int | None) -> Entry:
    shared: dict[str, Any] = {
        "fact_id": fact.id,
        "at": fact.happened_at,
        "touch": fact.touch.value,
        "who": ", ".join(filter(None, who)),
        "actor_id": fact.actor_id,
        "person_id": person_id,
    }
    if isinstance(fact, UnknownFact):
        return Entry(name=fact.stored_name, title=fact.stored_name, icon="info", **shared)
    offer = timeline_entries.find(fact.name) or TimelineEntry(fact=type(fact))
    return Entry(
        name=fact.name,
        icon=telling.icon or offer.icon or "info",
        hue=telling.hue or offer.hue,
        title=telling.title or offer.title(fact),
        detail=telling.detail or offer.detail(fact) or "",
        quote=telling.quote,
        url=telling.url or offer.url(fact) or "",
        edit_url=telling.edit_url,
        **shared,
    )
