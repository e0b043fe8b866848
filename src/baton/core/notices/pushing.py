"""Calls push services, each device in a line of its own: a slow one keeps nobody waiting."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from py_vapid import VapidException

from baton.core.notices.calling import (
    Call,
    Outcome,
    call_to,
    make,
    make_all,
    note,
    note_target,
    take_due,
)
from baton.core.notices.devices import contact, push_key
from baton.core.notices.models import Device, Sending
from baton.core.notices.owing import end, worth_telling
from baton.core.notices.rules import WORTH_A_CALL, State, Way
from baton.core.notices.slots import notice_kinds
from baton.core.notices.webpush import encrypted, headers_for

FEW = 5  # for one device at once; more become one
GONE = {404, 410}  # RFC 8030, 7.3: the device does not exist any more


def push_due(*, now: Callable[[], datetime]) -> int:
    """At most BITE that are due; how many were looked at."""
    rows = take_due(Way.PUSH, at=now())
    by_device: dict[Device, list[Sending]] = defaultdict(list)
    passed_on: list[Sending] = []
    for row in rows:
        assert row.device, "What is pushed has a device"
        is_theirs = row.user_id == row.device.user_id
        (by_device[row.device] if is_theirs else passed_on).append(row)
    end(passed_on, State.DROPPED, at=now(), told=_("The device is somebody else's by now."))
    worth: dict[Device, list[Sending]] = {}
    for device, sendings in by_device.items():
        if found := worth_telling(device.user, sendings, at=now()):
            worth[device] = found
    key = push_key()[0] if worth else ""
    calls = {
        device: _call_for(device, message_of(found), key=key, is_urgent=_rings(found), at=now())
        for device, found in worth.items()
    }
    for device, outcome in make_all(calls):
        note_outcome(device, worth[device], outcome, at=now())
    return len(rows)


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


def _call_for(
    device: Device, message: dict[str, Any], *, key: str, is_urgent: bool, at: datetime
) -> Call:
    try:
        headers = headers_for(
            device.endpoint,
            private=key,
            contact=contact(),
            at=at,
            is_urgent=is_urgent,
            seconds=int(WORTH_A_CALL.total_seconds()),
        )
    except VapidException:  # a host that no token can name
        headers = {}
    body = json.dumps(message, ensure_ascii=False).encode()
    sealed = encrypted(body, p256dh=device.p256dh, auth=device.auth)
    return call_to(device.endpoint, headers=headers, body=sealed)


def note_outcome(
    device: Device, sendings: Sequence[Sending], outcome: Outcome, *, at: datetime
) -> None:
    """Arrived, gone with its device, tried again, or given up."""
    if outcome.status in GONE:
        device.delete()
        return
    note_target(device, outcome, at=at)
    note(sendings, outcome, at=at)


def push_test(device: Device, *, at: datetime) -> Outcome:
    """At once, to see that it arrives."""
    message = {
        "title": _("A test from Baton"),
        "body": _("Pushes reach you here."),
        "url": reverse("notices:kinds"),
        "tag": "test",
    }
    outcome = make(_call_for(device, message, key=push_key()[0], is_urgent=True, at=at))
    note_outcome(device, [], outcome, at=at)
    return outcome
