"""What push and chat share: taking what is due, calling, and noting what came of it."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.http import Refused, Unreachable, post
from baton.core.notices.models import Device, Room, Sending
from baton.core.notices.owing import end, waiting
from baton.core.notices.rules import LEASE, WORTH_A_CALL, State, Way, try_again_at

AT_ONCE = 8  # targets, each in a line of its own
BITE = 64  # sendings of one job
Target = TypeVar("Target", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """``status`` None: no answer came."""

    status: int | None
    told: str

    @property
    def is_done(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_final(self) -> bool:
        """Refused for good: but for one that is asked too often."""
        return self.status is not None and 300 <= self.status < 500 and self.status != 429


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a thread needs: it asks the database nothing."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    private_hosts: frozenset[str]


def call_to(url: str, *, headers: Mapping[str, str], body: bytes) -> Call:
    """With the hosts that the operator let us reach."""
    hosts = frozenset(settings.NOTICE_PRIVATE_HOSTS)
    return Call(url=url, headers=headers, body=body, private_hosts=hosts)


def take_due(way: Way, *, at: datetime) -> list[Sending]:
    """Ours for a while: written down before anybody is called. What is too old is ended."""
    owed = Sending.objects.owed(way, at=at)
    related = owed.select_related("notice", "user", "device__user", "room__team")
    rows = list(related.order_by("due_at", "pk")[:BITE])
    old = [row for row in rows if row.due_at <= at - WORTH_A_CALL and not row.tries]
    end(old, State.DROPPED, at=at, told=_("Nobody waits for it any more."))
    mine = []
    for row in rows:
        claim = owed.filter(pk=row.pk, tries=row.tries)
        if row not in old and claim.update(tries=F("tries") + 1, due_at=at + LEASE):
            row.tries += 1
            mine.append(row)
    return mine


def make(call: Call) -> Outcome:
    """One request, whatever comes of it."""
    try:
        answer = post(
            call.url, body=call.body, headers=call.headers, private_hosts=call.private_hosts
        )
    except (Refused, Unreachable) as no:
        return Outcome(status=None, told=str(no)[:200])
    return Outcome(status=answer.status, told=f"{answer.status} {answer.excerpt}".strip()[:200])


def make_all(calls: Mapping[Target, Call]) -> Iterator[tuple[Target, Outcome]]:
    """As they come: a slow target keeps nobody waiting but itself."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="notices") as pool:
        under_way = {pool.submit(make, call): target for target, call in calls.items()}
        for future in as_completed(under_way):
            yield under_way[future], future.result()


def note_target(target: Device | Room, outcome: Outcome, *, at: datetime) -> None:
    """When it was reached, or why not: what its owner reads beside it."""
    told = "" if outcome.is_done else outcome.told
    seen = {"reached_at": at} if outcome.is_done else {}
    type(target).objects.filter(pk=target.pk).update(told=told, **seen)


def note(
    sendings: Sequence[Sending],
    outcome: Outcome,
    *,
    at: datetime,
    given_up: Callable[[], None] = lambda: None,
) -> None:
    """Arrived, tried again, or given up."""
    if outcome.is_done:
        end(sendings, State.SENT, at=at)
        return
    lost = []
    for one in sendings:
        again = None if outcome.is_final else try_again_at(one.tries, at=at)
        if again is None:
            lost.append(one)
        else:
            waiting([one]).filter(tries=one.tries).update(due_at=again, told=outcome.told)
    end(lost, State.FAILED, at=at, told=outcome.told)
    if lost:
        given_up()
