"""What is owed to endpoints: written down by facts, taken one by one, noted with its answer."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from baton.core.facts import Fact, UnknownFact
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.queries import bodies_of
from baton.operations.integrations.rules import KEPT_FOR, State, due_after, is_over

LEASE = timedelta(seconds=60)  # of a call that takes ten
MOST_KEPT_ATTEMPTS = 20


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """``status`` is None where no answer came."""

    status: int | None
    told: str
    seconds: float

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def queue_facts(*, facts: Sequence[Fact], at: datetime) -> int:
    """A delivery for each endpoint that wants it, once; how many."""
    listening = list(Endpoint.objects.filter(deleted_at=None, is_on=True).order_by("pk"))
    known = [fact for fact in facts if not isinstance(fact, UnknownFact)]
    wanted = [(one, fact) for fact in known for one in listening if _wants(one, fact)]
    bodies = bodies_of({fact.id: fact for _one, fact in wanted}.values()) if wanted else {}
    rows = [
        Delivery(
            endpoint=one,
            message_id=bodies[fact.id][0],
            name=fact.name,
            body=bodies[fact.id][1],
            due_at=at,
        )
        for one, fact in wanted
        if fact.id in bodies
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _wants(endpoint: Endpoint, fact: Fact) -> bool:
    return not endpoint.facts or fact.name in endpoint.facts


def take_due(*, at: datetime, most: int) -> list[Delivery]:
    """The oldest of each endpoint that nobody calls now; each is ours for a while."""
    free = Q(endpoint__busy_until=None) | Q(endpoint__busy_until__lte=at)
    due = _due(at).filter(free).values("endpoint").annotate(oldest=Min("due_at"))
    found = due.order_by("oldest").values_list("endpoint", flat=True)[:most]
    return [one for pk in found if (one := _taken(pk, at)) is not None]


def is_more_due(*, at: datetime) -> bool:
    free = Q(endpoint__busy_until=None) | Q(endpoint__busy_until__lte=at)
    return _due(at).filter(free).exists()


def _due(at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        state=State.WAITING, due_at__lte=at, endpoint__is_on=True, endpoint__deleted_at=None
    )


def _taken(endpoint_id: int, at: datetime) -> Delivery | None:
    mine = Endpoint.objects.filter(pk=endpoint_id).filter(
        Q(busy_until=None) | Q(busy_until__lte=at)
    )
    if not mine.update(busy_until=at + LEASE):  # another worker was faster
        return None
    rows = _due(at).filter(endpoint=endpoint_id).select_related("endpoint")
    row = rows.order_by("due_at", "pk").first()
    if row is None:
        Endpoint.objects.filter(pk=endpoint_id).update(busy_until=None)
        return None
    row.tries += 1
    row.tried_at = at
    row.save(update_fields=["tries", "tried_at"])
    return row


@transaction.atomic
def note_outcome(*, delivery: Delivery, outcome: Outcome, at: datetime) -> bool:
    """What came back, and when it is tried again; whether the endpoint was given up by it."""
    endpoint = Endpoint.objects.select_for_update(of=("self",)).get(pk=delivery.endpoint_id)
    again = due_after(delivery.tries, at=at, dice=secrets.randbelow(1000) / 1000)
    attempt = {
        "at": at.isoformat(),
        "status": outcome.status,
        "told": outcome.told[:300],
        "milliseconds": round(outcome.seconds * 1000),
    }
    state = State.SENT if outcome.is_good else State.WAITING if again else State.FAILED
    Delivery.objects.filter(pk=delivery.pk, tries=delivery.tries).update(
        state=state,
        due_at=again or at,
        status=outcome.status,
        told=outcome.told,
        attempts=[*delivery.attempts, attempt][-MOST_KEPT_ATTEMPTS:],
    )
    endpoint.busy_until = None
    endpoint.failing_since = None if outcome.is_good else endpoint.failing_since or at
    is_given_up = bool(
        endpoint.is_on and endpoint.failing_since and is_over(endpoint.failing_since, at=at)
    )
    if is_given_up:
        endpoint.is_on, endpoint.given_up_at = False, at
    endpoint.save(update_fields=["busy_until", "failing_since", "is_on", "given_up_at"])
    return is_given_up


def replay(*, delivery: Delivery, at: datetime) -> None:
    """Sent once more under the same id, with all its tries: the caller rings for it."""
    Delivery.objects.filter(pk=delivery.pk).update(state=State.WAITING, tries=0, due_at=at)


def replay_failed(*, endpoint: Endpoint, at: datetime) -> int:
    """All that were given up; how many."""
    failed = Delivery.objects.filter(endpoint=endpoint, state=State.FAILED)
    return failed.update(state=State.WAITING, tries=0, due_at=at)


def forget_old(*, at: datetime) -> int:
    """What was sent or given up long ago: it holds what people are told."""
    old = Delivery.objects.filter(created_at__lt=at - KEPT_FOR).exclude(state=State.WAITING)
    return old.delete()[0]
