"""What other terms would have meant: the last 90 days told again under a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.facts import Origin
from baton.core.facts.models import FactRecord
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.spans import Took, spans_of
from baton.qualification.handoff.rules import State, Terms
from baton.records.people.models import Person

QUARTER = timedelta(days=90)
HISTORY = (Origin.IMPORT, Origin.REPLAY)  # nobody would have been handed off by these


class Effect(StrEnum):
    """What is counted."""

    SCORED = "scored"  # people who passed the threshold
    RAISED = "raised"  # people who sent a form that raises a hand
    ANSWERED = "answered"  # handoffs accepted or rejected in time
    RESPONDED = "responded"  # first responses made in time


OF_PEOPLE = frozenset({Effect.SCORED, Effect.RAISED})


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Keys of rows under the terms of now and of then: of people for OF_PEOPLE, else of handoffs.

    ``all``: out of how many; None where it is a plain count.
    """

    effect: Effect
    now: frozenset[int]
    then: frozenset[int]
    all: int | None = None


def effects(
    *,
    now: Agreement,
    then: Agreement,
    user: User,
    at: datetime,
    wanted: Collection[Effect] = tuple(Effect),
) -> list[Compared]:
    """Of the last 90 days, as far as the user sees them. Sales' own people are left out."""
    asked: dict[str, Any] = {"user": user, "since": at - QUARTER, "until": at}
    told: list[Compared] = []
    if Effect.SCORED in wanted:
        passed = [_passed(one.threshold, **asked) for one in (now, then)]
        told.append(Compared(effect=Effect.SCORED, now=passed[0], then=passed[1]))
    if Effect.RAISED in wanted:
        sent = [_sent(one.hand_raise_forms, **asked) for one in (now, then)]
        told.append(Compared(effect=Effect.RAISED, now=sent[0], then=sent[1]))
    if not OF_PEOPLE.issuperset(wanted):
        spans = spans_of(_handed(now.kind, **asked))
        times = _times(spans, now=now.terms(), then=then.terms())
        told += [one for one in times if one.effect in wanted]
    return told


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


def _handed(kind: str, *, user: User, since: datetime, until: datetime) -> HandoffQuerySet:
    made = Handoff.objects.visible_to(user).filter(made_at__gt=since, made_at__lte=until)
    return made.filter(kind=kind).exclude(state=State.WITHDRAWN)


def _times(spans: list[Took], *, now: Terms, then: Terms) -> list[Compared]:
    """Which would have been in time, in the working hours of who had them."""
    answers = [(one.handoff, one.answer) for one in spans]
    responses = [(one.handoff, one.response) for one in spans if one.response is not None]
    return [
        Compared(
            effect=effect,
            now=frozenset(row.pk for row, took in times if took <= within(now, row.lane)),
            then=frozenset(row.pk for row, took in times if took <= within(then, row.lane)),
            all=len(times),
        )
        for effect, times, within in (
            (Effect.ANSWERED, answers, Terms.accept_within),
            (Effect.RESPONDED, responses, Terms.respond_within),
        )
    ]
