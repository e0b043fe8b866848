"""Calls push services, each device in a line of its own: a slow one keeps nobody waiting."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from py_vapid import VapidException

from baton.core.http import Answer, Refused, Unreachable, post
from baton.core.notices.devices import contact, push_key
from baton.core.notices.models import Device, Sending
from baton.core.notices.owing import end, waiting, worth_telling
from baton.core.notices.rules import LEASE, WORTH_A_CALL, State, Way, try_again_at
from baton.core.notices.slots import notice_kinds
from baton.core.notices.webpush import encrypted, headers_for

AT_ONCE = 8  # devices
BITE = 64  # pushes
FEW = 5  # for one device at once; more become one
GONE = {404, 410}  # RFC 8030, 7.3: the device does not exist any more


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """``status`` None: no answer came."""

    status: int | None
    told: str


@dataclass(frozen=True, kw_only=True)
class _Call:
    """What a thread needs: it asks the database nothing."""

    url: str
    headers: dict[str, str]
    body: bytes
    private_hosts: frozenset[str]


def push_due(*, now: Callable[[], datetime]) -> int:
    """At most BITE that are due; how many were looked at."""
    rows = _taken(at=now())
    by_device: dict[Device, list[Sending]] = defaultdict(list)
    for row in rows:
        assert row.device, "What is pushed has a device"
        by_device[row.device].append(row)
    calls: dict[Future[Outcome], tuple[Device, list[Sending]]] = {}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pushes") as pool:
        for device, sendings in by_device.items():
            if worth := worth_telling(device.user, sendings, at=now()):
                call = _call_for(device, message_of(worth), is_urgent=_rings(worth), at=now())
                calls[pool.submit(_make, call)] = device, worth
        for future in as_completed(calls):
            device, worth = calls[future]
            note_outcome(device, worth, future.result(), at=now())
    return len(rows)


def _taken(*, at: datetime) -> list[Sending]:
    """Ours for a while: written down before anybody is called. What is too old is ended."""
    owed = Sending.objects.owed(Way.PUSH, at=at).select_related("notice", "device__user")
    rows = list(owed.order_by("due_at", "pk")[:BITE])
    old = [row for row in rows if row.notice.at <= at - WORTH_A_CALL and not row.tries]
    end(old, State.DROPPED, at=at, told=_("Nobody waits for it any more."))
    mine = []
    for row in rows:
        claim = Sending.objects.owed(Way.PUSH, at=at).filter(pk=row.pk, tries=row.tries)
        if row not in old and claim.update(tries=F("tries") + 1, due_at=at + LEASE):
            row.tries += 1
            mine.append(row)
    return mine


def _rings(sendings: Sequence[Sending]) -> bool:
    kinds = [notice_kinds.find(one.notice.kind) for one in sendings]
    return any(kind.rings for kind in kinds if kind)


def message_of(sendings: Sequence[Sending]) -> dict[str, Any]:
    """What the service worker shows. Of many at once, as after a night, only how many."""
    if len(sendings) > FEW:
        title = _("%(n)s notices you have not read") % {"n": len(sendings)}
        return {"title": title, "body": "", "url": reverse("notices:inbox"), "tag": "many"}
    first, *others = sorted(sendings, key=lambda one: one.notice.at, reverse=True)
    words = [getattr(one.notice, "words", "") for one in others]
    return {
        "title": getattr(first.notice, "words", ""),
        "body": "\n".join(words),
        "url": reverse("notices:inbox")
        if others
        else reverse("notices:open", args=[first.notice.key]),
        "tag": str(first.notice.key),
    }


def _call_for(device: Device, message: dict[str, Any], *, is_urgent: bool, at: datetime) -> _Call:
    private, _public = push_key()
    try:
        headers = headers_for(
            device.endpoint,
            private=private,
            contact=contact(),
            at=at,
            is_urgent=is_urgent,
            seconds=int(WORTH_A_CALL.total_seconds()),
        )
    except VapidException:  # a host that no token can name
        headers = {}
    body = json.dumps(message, ensure_ascii=False).encode()
    return _Call(
        url=device.endpoint,
        headers=headers,
        body=encrypted(body, p256dh=device.p256dh, auth=device.auth),
        private_hosts=frozenset(settings.WEBHOOK_PRIVATE_HOSTS),
    )


def _make(call: _Call) -> Outcome:
    try:
        answer: Answer = post(
            call.url, body=call.body, headers=call.headers, private_hosts=call.private_hosts
        )
    except (Refused, Unreachable) as no:
        return Outcome(status=None, told=str(no))
    return Outcome(status=answer.status, told=f"{answer.status} {answer.excerpt}".strip())


def note_outcome(
    device: Device, sendings: Sequence[Sending], outcome: Outcome, *, at: datetime
) -> None:
    """Arrived, gone with its device, tried again, or given up."""
    if outcome.status in GONE:
        device.delete()
        return
    is_done = outcome.status is not None and 200 <= outcome.status < 300
    told = "" if is_done else outcome.told[:200]
    seen = {"reached_at": at} if is_done else {}
    Device.objects.filter(pk=device.pk).update(told=told, **seen)
    if is_done:
        end(sendings, State.SENT, at=at)
        return
    is_final = outcome.status is not None and 400 <= outcome.status < 500 and outcome.status != 429
    for one in sendings:
        again = None if is_final else try_again_at(one.tries, at=at)
        if again is None:
            end([one], State.FAILED, at=at, told=told)
        else:
            waiting([one]).filter(tries=one.tries).update(due_at=again, told=told)


def push_test(device: Device, *, at: datetime) -> Outcome:
    """At once, to see that it arrives."""
    message = {
        "title": _("A test from Baton"),
        "body": _("Pushes reach you here."),
        "url": reverse("notices:kinds"),
        "tag": "test",
    }
    outcome = _make(_call_for(device, message, is_urgent=True, at=at))
    note_outcome(device, [], outcome, at=at)
    return outcome
