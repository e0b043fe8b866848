"""They wrote: somebody owes an answer until a touch of ours."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.facts import Fact
from baton.qualification.handoff.actions.promised.counting import (
    count_anew,
    stop,
    write_clocks,
)
from baton.qualification.handoff.actions.qualifying import lock_person
from baton.qualification.handoff.models import Agreement, Clock, Handoff
from baton.qualification.handoff.models.clocks import ClockQuerySet
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.answering import answered_since, who_answers
from baton.qualification.handoff.rules import ClockKind, Ended, promised
from baton.records.people.models import Person


@transaction.atomic
def note_message(*, fact: Fact) -> Clock | None:
    """A message of theirs starts the clock of who owes the answer; None: none runs for it.

    Several before an answer are one clock, from the first. While a handoff waits for its first
    response its own clock stands for the answer. What was answered before it was written down
    counts as answered then.
    """
    agreement = agreement_in_force()
    if agreement is None or not promised(ClockKind.REPLY, terms=agreement.terms()):
        return None
    person = lock_person(fact.person_id) if fact.person_id else None
    if person is None or Clock.objects.filter(fact_id=fact.id).exists():
        return None
    if waiting := _waiting(person, at=fact.happened_at):
        return _one_more(waiting, at=fact.happened_at)
    if Handoff.objects.open().filter(person=person, responded_at=None).exists():
        return None
    owner = User.objects.filter(pk__in=who_answers([person.pk]).values()).first()
    return _begin(person, fact=fact, owner=owner, agreement=agreement) if owner else None


def _waiting(person: Person, *, at: datetime) -> Clock | None:
    """The one that runs, or ran at that moment."""
    ran = Q(stopped_at=None) | Q(since__lte=at, stopped_at__gte=at)
    rows = Clock.objects.held().filter(ran, kind=ClockKind.REPLY, person=person)
    return rows.exclude(ended=Ended.WITHDRAWN).first()


def _begin(person: Person, *, fact: Fact, owner: User, agreement: Agreement) -> Clock | None:
    since = max(fact.happened_at, agreement.valid_from or fact.happened_at)
    clock = Clock(
        kind=ClockKind.REPLY,
        person=person,
        owner=owner,
        agreement=agreement,
        fact_id=fact.id,
        began_at=since,
        since=since,
    )
    if not count_anew(clock, hours=HoursBook([owner]).of(owner)):
        return None
    clock.save()
    if answered_at := answered_since(person, fact.happened_at):
        stop(clock, at=answered_at, ended=Ended.ANSWERED)
        write_clocks([clock], at=answered_at)
    return clock


def _one_more(clock: Clock, *, at: datetime) -> Clock:
    """One that was written down late may be the first: the clock runs from then on."""
    clock.count += 1
    clock.save(update_fields=["count"])
    if at < clock.since and clock.late_at is None and clock.stopped_at is None:
        clock.since = clock.began_at = at
        if count_anew(clock, hours=HoursBook([clock.owner]).of(clock.owner)):
            clock.save()
    return clock


@transaction.atomic
def note_answer(*, fact: Fact) -> bool:
    """The next touch of ours answers them; one from before the message does not."""
    person = lock_person(fact.person_id) if fact.person_id else None
    return person is not None and stop_reply(person_id=person.pk, at=fact.happened_at)


def stop_reply(*, person_id: int, at: datetime) -> bool:
    """Inside an action that holds the person: what they wrote until then is answered."""
    clocks = list(_running([person_id]).filter(since__lte=at))
    for clock in clocks:
        stop(clock, at=at, ended=Ended.ANSWERED)
    write_clocks(clocks, at=at)
    return bool(clocks)


@transaction.atomic
def follow_answerers(*, person_ids: Collection[int]) -> int:
    """Somebody else owes these answers now: the same moment, in their hours; says how many."""
    clocks = list(_running(person_ids))
    owed = who_answers({clock.person_id or 0 for clock in clocks}) if clocks else {}
    users = User.objects.in_bulk(set(owed.values()))
    moved = []
    for clock in clocks:
        owner = users.get(owed.get(clock.person_id or 0, 0))
        if owner and owner != clock.owner:
            clock.owner = owner
            moved.append(clock)
    book = HoursBook(clock.owner for clock in moved)
    for clock in moved:
        if clock.late_at is None:
            count_anew(clock, hours=book.of(clock.owner))
    for clock in moved:
        clock.save(update_fields=["owner", "due_at", "looks_at", "told"])
    return len(moved)


@transaction.atomic
def withdraw_clocks(*, person_ids: Collection[int], at: datetime) -> int:
    """Their people went into the trash: nobody owes them an answer; says how many stopped."""
    clocks = list(_running(person_ids))
    for clock in clocks:
        stop(clock, at=at, ended=Ended.WITHDRAWN)
    write_clocks(clocks, at=at)
    return len(clocks)


def _running(person_ids: Collection[int]) -> ClockQuerySet:
    rows = Clock.objects.running().held().filter(kind=ClockKind.REPLY, person__in=person_ids)
    return rows.select_related("agreement", "owner", "person")
