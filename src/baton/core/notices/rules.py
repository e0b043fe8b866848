"""By which ways a notice reaches somebody, and when. No database, no clock."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from baton.core.access.roles import Role
from baton.core.errors import gettext_noop
from baton.core.worktime.rules import BusinessHours, NeverOpen, find_zone, next_opening


class Way(StrEnum):
    """How somebody is told."""

    INBOX = "inbox"
    MAIL = "mail"  # at once
    DIGEST = "digest"  # one mail a working day
    PUSH = "push"  # to devices on which one allowed it
    CHAT = "chat"  # to an address that one's own chat gave


class State(StrEnum):
    """Of one notice on one way out of the house."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"  # not needed any more; why, stands beside it
    FAILED = "failed"


# Columns of the page on which one chooses, in that order.
COLUMNS = {
    Way.INBOX: gettext_noop("Inbox"),
    Way.MAIL: gettext_noop("Mail at once"),
    Way.DIGEST: gettext_noop("Mail of the day"),
    Way.PUSH: gettext_noop("Push"),
    Way.CHAT: gettext_noop("Chat"),
}
Ways = frozenset[Way]
INBOX_ONLY: Ways = frozenset({Way.INBOX})
USUAL: Ways = frozenset({Way.INBOX, Way.DIGEST})
MAILED: Ways = frozenset({Way.INBOX, Way.MAIL})
# As it happens, where somebody is; what is still unread comes by mail.
HEARD: Ways = USUAL | {Way.PUSH, Way.CHAT}
AT_ONCE: Ways = MAILED | {Way.PUSH, Way.CHAT}
# They look after many: single mails would be too many, one a day tells what is still unread.
LEADERS = frozenset({Role.OWNER, Role.HEAD_OF_MARKETING, Role.HEAD_OF_SALES, Role.SALES_MANAGER})
DAY = timedelta(days=1)
DIGEST_AT = 8 * 60  # minutes after midnight, where nobody chose otherwise
LEASE = timedelta(seconds=60)  # of a call that is under way; its caller may have died
# After the first, second ... try; nobody wants to be pushed at what was due a day ago.
PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
)
WORTH_A_CALL = timedelta(days=1)
FRESH = timedelta(days=3)  # since a digest was due: a house that had no mail server catches up
LONGEST_LEAVE = 400  # days looked ahead for a working one


def read_ways(names: Iterable[str]) -> Ways:
    """Those that there are; what an older or newer house calls otherwise is left out."""
    known = set(Way)
    return frozenset(Way(name) for name in names if name in known)


def write_ways(ways: Iterable[Way]) -> list[str]:
    """As they are kept, in the order of the columns."""
    chosen = set(ways)
    return [way.value for way in Way if way in chosen]


def usual_ways(ways: Ways, *, role: str, rings: bool) -> Ways:
    """Where neither the user nor an admin chose: as the kind says, for the role.

    Who only looks is told in the inbox; who leads reads one mail a day in place of single ones,
    but for clocks of the agreement.
    """
    if role == Role.VIEWER:
        return ways & INBOX_ONLY
    if role in LEADERS and Way.MAIL in ways and not rings:
        return (ways - {Way.MAIL}) | {Way.DIGEST}
    return ways


def next_digest(at: datetime, *, minute: int, hours: BusinessHours) -> datetime:
    """The next time that the clock on their wall shows it, on a day on which they work."""
    zone = find_zone(hours.zone)
    day = at.astimezone(zone).date()
    for _ in range(LONGEST_LEAVE):
        wall = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
        moment = wall.astimezone(UTC)
        if moment > at and hours.stretches_of(day):
            return moment
        day += DAY
    return at + DAY


def works_on(at: datetime, *, hours: BusinessHours) -> bool:
    """Whether that day of theirs is one of work, be it half of one."""
    return bool(hours.stretches_of(at.astimezone(find_zone(hours.zone)).date()))


def local_day(at: datetime, *, hours: BusinessHours) -> str:
    """The date on their wall: what of a day was sent once is not sent again."""
    return at.astimezone(find_zone(hours.zone)).date().isoformat()


def heard_at(at: datetime, *, hours: BusinessHours) -> datetime:
    """At once within working hours, else when they begin."""
    try:
        return max(at, next_opening(at, hours=hours))
    except NeverOpen:
        return at


def try_again_at(tries: int, *, at: datetime) -> datetime | None:
    """None: that was the last time."""
    return at + PAUSES[tries - 1] if tries <= len(PAUSES) else None
