"""The fact log as a timeline: one page of entries with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.queries import names_of
from baton.core.facts import Fact, Touch, UnknownFact
from baton.core.facts.models import FactRecord
from baton.core.offers import Telling, TimelineEntry, timeline_entries
from baton.core.prepared import Prepared
from baton.records.people.models import Identity, Person
from baton.records.people.queries import born_as, companies_born_as
from baton.records.timeline.queries.reading import (
    Wanted,
    latest_facts,
    without_hidden_deals,
)
from baton.records.timeline.rules import Before, Entry, collapse, gather

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
    campaign_id: int | None = None,
    side: str | None = None,
    before: str = "",
    since: datetime | None = None,
    limit: int = LOAD,
    user: User | None = None,
) -> TimelinePage:
    """What happened with any of these, as standing facts tell it; of merged people too.

    A company's facts are told as far as they are about nobody or about ``person_ids``; those about
    deals that ``user`` does not see are left out. A campaign's are those about it and the people
    whom ``user`` sees, and the milestones of ``person_ids`` since they came into it; on a day, what
    is alike is one entry, whoever it is about. ``side`` (marketing, sales) leaves out what only
    the other side did. Facts that no module offers an entry for are shown by their name. Raises
    ValueError for a bad ``before``.
    """
    wanted = Wanted(
        owners=born_as(person_ids) if person_ids else {},
        deal_id=deal_id,
        company_ids=companies_born_as(company_id) if company_id else (),
        campaign_id=campaign_id,
        side=side,
        before=before,
        since=since,
    )
    found = latest_facts(wanted, user=user, limit=limit)
    rows = found[:limit]
    is_alone = len(person_ids) == 1 and not deal_id and not company_id and not campaign_id
    seen = without_hidden_deals(rows, user=user) if user else rows
    told = _told(seen, owners=wanted.owners, is_alone=is_alone, is_campaign=bool(campaign_id))
    fold = gather if campaign_id else collapse
    return TimelinePage(
        entries=list(fold(told, zone=timezone.get_current_timezone())),
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


def _mark(row: FactRecord) -> str:
    return str(Before(at=row.happened_at, fact_id=row.pk))


def _told(
    rows: Sequence[FactRecord], *, owners: Mapping[int, int], is_alone: bool, is_campaign: bool
) -> Iterable[Entry]:
    facts = [row.as_fact() for row in rows]
    tellings = _tellings(facts, is_campaign=is_campaign)
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
            entry = _entry(fact, telling=telling, who=who, person_id=person_id)
            yield replace(entry, people=(person,)) if person else entry


def _tellings(facts: Iterable[Fact], *, is_campaign: bool = False) -> dict[int, Telling]:
    """What the modules add from their rows: each is asked once for all its facts."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.name].append(fact)
    tellings: dict[int, Telling] = {}
    for name, same in by_kind.items():
        offer = timeline_entries.find(name)
        here = offer.tell_at_campaign if offer and is_campaign else None
        tell = here or (offer.tell_many if offer else None)
        tellings |= tell(same) if tell else {}
    return tellings


@dataclass(frozen=True)
class _Names:
    users: Mapping[int, str]
    people: Mapping[int, str]


def _names(facts: Iterable[Fact], *, people: Iterable[int | None]) -> _Names:
    return _Names(
        users=names_of(fact.actor_id for fact in facts),
        people=dict(_CALLED.rows(ids={pk for pk in people if pk})),
    )


_CALLED: Prepared[tuple[int, str]] = Prepared(
    lambda ids: Person.objects.filter(pk__in=ids).values_list("pk", "full_name")
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
        pin_url=telling.pin_url,
        is_pinned=telling.is_pinned,
        **shared,
    )
