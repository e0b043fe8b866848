"""What other terms would have meant: the last 90 days told again under a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.facts import Origin
from baton.core.facts.models import FactRecord
from baton.core.worktime.rules import working_time_between
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.rules import Lane, State, Terms
from baton.records.people.models import Person

QUARTER = timedelta(days=90)
MOST = 5000  # handoffs whose times are reckoned, the latest first
HISTORY = (Origin.IMPORT, Origin.REPLAY)  # nobody would have been handed off by these


class Effect(StrEnum):
    """What is counted."""

    SCORED = "scored"  # people who passed the threshold
    RAISED = "raised"  # people who sent a form that raises a hand
    ANSWERED = "answered"  # handoffs accepted or rejected in time
    RESPONDED = "responded"  # first responses made in time


OF_PEOPLE = frozenset({Effect.SCORED, Effect.RAISED})


@dataclass(frozen=True, kw_only=True)
class Told:
    """Keys of rows under the terms of now and of then: of people for OF_PEOPLE, else of handoffs.

    ``all``: out of how many; None where it is a plain count.
    """

    effect: Effect
    now: frozenset[int]
    then: frozenset[int]
    all: int | None = None


def effects(*, now: Agreement, then: Agreement, user: User, at: datetime) -> list[Told]:
    """Of the last 90 days, as far as the user sees them. Sales' own people are left out."""
    since = at - QUARTER
    scored = [_passed(one.threshold, user=user, since=since, until=at) for one in (now, then)]
    raised = [_sent(one.hand_raise_forms, user=user, since=since, until=at) for one in (now, then)]
    answered = _handed(user=user, since=since, until=at)
    return [
        Told(effect=Effect.SCORED, now=scored[0], then=scored[1]),
        Told(effect=Effect.RAISED, now=raised[0], then=raised[1]),
        *_times(list(answered[:MOST]), now=now.terms(), then=then.terms()),
    ]


def _facts(name: str, *, user: User, since: datetime, until: datetime) -> QuerySet[FactRecord]:
    seen = Person.objects.visible_to(user).exclude(origin="sales").values("pk")
    rows = FactRecord.objects.standing().exclude(origin__in=HISTORY)
    return rows.filter(name=name, happened_at__gt=since, happened_at__lte=until, person_id__in=seen)


def _people(facts: QuerySet[FactRecord]) -> frozenset[int]:
    found = facts.values_list("person_id", flat=True).distinct()
    return frozenset(person_id for person_id in found if person_id)


def _passed(threshold: int, *, user: User, since: datetime, until: datetime) -> frozenset[int]:
    """Whose score came over the threshold by what they did."""
    moved = _facts("score.changed", user=user, since=since, until=until)
    passed = Q(payload__former_score__lt=threshold, payload__score__gte=threshold)
    rows = moved.filter(passed).exclude(payload__is_fading=True)
    return _people(rows)


def _sent(
    forms: Collection[str], *, user: User, since: datetime, until: datetime
) -> frozenset[int]:
    sent = _facts("form.submitted", user=user, since=since, until=until)
    rows = sent.filter(payload__form_code__in=list(forms))
    return _people(rows)


def _handed(*, user: User, since: datetime, until: datetime) -> HandoffQuerySet:
    rows = Handoff.objects.visible_to(user).filter(made_at__gt=since, made_at__lte=until)
    rows = rows.exclude(person__origin="sales").exclude(lane=Lane.REVISIT)
    answered = rows.exclude(state=State.WITHDRAWN).exclude(answered_at=None)
    return answered.select_related("rep").order_by("-made_at", "-pk")


def _times(handoffs: list[Handoff], *, now: Terms, then: Terms) -> list[Told]:
    """Which would have been in time, in the working hours of who had them."""
    book = HoursBook([handoff.rep for handoff in handoffs])
    answers, responses = {}, {}
    for one in handoffs:
        hours = book.of(one.rep)
        if one.answered_at:
            answers[one.pk] = (
                one.lane,
                working_time_between(one.offered_at, one.answered_at, hours=hours),
            )
        if one.answered_at and one.responded_at:
            responses[one.pk] = (
                one.lane,
                working_time_between(one.answered_at, one.responded_at, hours=hours),
            )
    return [
        Told(
            effect=effect,
            now=frozenset(pk for pk, (lane, took) in spans.items() if took <= within(now, lane)),
            then=frozenset(pk for pk, (lane, took) in spans.items() if took <= within(then, lane)),
            all=len(spans),
        )
        for effect, spans, within in (
            (Effect.ANSWERED, answers, Terms.accept_within),
            (Effect.RESPONDED, responses, Terms.respond_within),
        )
    ]
