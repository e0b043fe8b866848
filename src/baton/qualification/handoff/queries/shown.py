"""Clocks beside the handoff as people read them: whom they are about, what is owed, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.offers import Label
from baton.qualification.handoff.faces import Owed, promise_owed
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.queries.promised import (
    Subject,
    clocks_of_deal,
    clocks_of_person,
    subjects_of,
)
from baton.qualification.handoff.words import CLOCKS, clock_words


@dataclass(frozen=True, kw_only=True)
class ShownClock:
    """``why``: since when, and what ends it; ``pause``: why it stands still, and who said so."""

    clock: Clock
    subject: Subject
    label: Label
    why: str
    owed: Owed
    pause: str = ""
    may_pause: bool = False


def shown_clocks(rows: Iterable[Clock], *, user: User, now: datetime) -> list[ShownClock]:
    """Each with its face, in the hours of who owes; as many queries for many as for one."""
    clocks = list(rows)
    subjects, book = subjects_of(clocks), HoursBook(clock.owner for clock in clocks)
    return [_shown(clock, subjects[clock.pk], book=book, user=user, now=now) for clock in clocks]


def deal_clocks(deal_id: int, *, user: User, now: datetime) -> list[ShownClock]:
    """Of a deal's page."""
    return shown_clocks(clocks_of_deal(deal_id, user=user), user=user, now=now)


def person_clocks(person_id: int, *, user: User, now: datetime) -> list[ShownClock]:
    """Of a person's page."""
    return shown_clocks(clocks_of_person(person_id, user=user), user=user, now=now)


def _shown(
    clock: Clock, subject: Subject, *, book: HoursBook, user: User, now: datetime
) -> ShownClock:
    pause = next(
        (one for one in reversed(clock.pauses) if datetime.fromisoformat(one[1]) > now), None
    )
    owed = promise_owed(clock, hours=book.of(clock.owner), now=now)
    is_able = bool(clock.agreement.pause_days) and not clock.is_late(now)
    return ShownClock(
        clock=clock,
        subject=subject,
        label=CLOCKS[clock.kind],
        why=clock_words(clock),
        owed=owed,
        pause=f"{pause[2]}, {pause[3]}" if pause else "",
        may_pause=is_able and pause is None and clock.owner_id == user.pk,
    )
