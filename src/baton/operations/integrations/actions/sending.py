"""Calls endpoints, each in a line of its own: a slow one keeps nobody waiting but itself."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.conf import settings

from baton.core.http import Refused, Unreachable, post
from baton.core.sealed import BrokenSeal
from baton.core.settings.queries import organisation
from baton.operations.integrations.actions.delivering import (
    Outcome,
    is_more_due,
    note_outcome,
    take_due,
)
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.queries import secrets_of
from baton.operations.integrations.rules import headers_of

AT_ONCE = 16  # endpoints
LONGEST = 20.0  # seconds in which one job takes up new calls


@dataclass(frozen=True, kw_only=True)
class _Letter:
    """What a thread needs: it asks the database nothing."""

    url: str
    headers: dict[str, str]
    body: bytes
    private_hosts: frozenset[str]


def send_due(
    *, now: Callable[[], datetime], given_up: Callable[[Endpoint], None], longest: float = LONGEST
) -> bool:
    """All that is due, sixteen endpoints at a time; whether more is left for the next job.

    A house that was restored and is not armed calls nobody.
    """
    if not organisation().is_armed:
        return False
    until = monotonic() + longest
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhooks") as pool:
        under_way: dict[Future[Outcome], Delivery] = {}
        while True:
            if monotonic() < until:
                for delivery in take_due(at=now(), most=AT_ONCE - len(under_way)):
                    under_way[pool.submit(_call, _letter(delivery, at=now()))] = delivery
            if not under_way:
                return is_more_due(at=now())
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                delivery = under_way.pop(future)
                if note_outcome(delivery=delivery, outcome=future.result(), at=now()):
                    given_up(delivery.endpoint)


def _letter(delivery: Delivery, *, at: datetime) -> _Letter | None:
    body = delivery.body.encode()
    try:
        secrets = secrets_of(delivery.endpoint, at=at)
    except BrokenSeal:
        return None
    return _Letter(
        url=delivery.endpoint.url,
        headers=headers_of(secrets, message_id=delivery.message_id, at=at, body=body),
        body=body,
        private_hosts=frozenset(settings.WEBHOOK_PRIVATE_HOSTS),
    )


def _call(letter: _Letter | None) -> Outcome:
    if letter is None:
        return Outcome(status=None, told="The secret cannot be read: make a new one.", seconds=0)
    began = monotonic()
    try:
        answer = post(
            letter.url, body=letter.body, headers=letter.headers, private_hosts=letter.private_hosts
        )
    except (Refused, Unreachable) as no:
        return Outcome(status=None, told=str(no), seconds=monotonic() - began)
    return Outcome(status=answer.status, told=answer.excerpt, seconds=answer.seconds)
