"""The clocks of a handoff as people see them: what is owed next, until when, in whose hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from baton.core.ui.clock import Face, paused, stopped, ticking
from baton.core.ui.formats import hour_words
from baton.core.worktime.rules import BusinessHours, words_left, working_time_between
from baton.qualification.handoff.models import Clock, Handoff
from baton.qualification.handoff.rules import State


@dataclass(frozen=True, kw_only=True)
class Owed:
    """The clock that runs now. ``seconds`` of working time are left; below 0 it is late."""

    face: Face
    due_at: datetime
    seconds: int
    is_paused: bool = False
    is_done: bool = False  # nothing ticks: talked to, or closed

    @property
    def is_late(self) -> bool:
        return not self.is_done and not self.is_paused and self.seconds <= 0


def owed_now(handoff: Handoff, *, hours: BusinessHours, now: datetime) -> Owed:
    """The accept clock while it is offered, then the response clock, then none."""
    terms = handoff.agreement.terms()
    if handoff.state == State.OFFERED:
        allowed = terms.accept_within(handoff.lane)
        return _ticking(handoff.accept_due_at, allowed=allowed, hours=hours, now=now)
    if handoff.state == State.ACCEPTED and handoff.responded_at is None and handoff.respond_due_at:
        allowed = terms.respond_within(handoff.lane)
        return _ticking(handoff.respond_due_at, allowed=allowed, hours=hours, now=now)
    return _standing(handoff)


def _ticking(due: datetime, *, allowed: timedelta, hours: BusinessHours, now: datetime) -> Owed:
    clock = words_left(due, now=now, hours=hours, allowed=allowed)
    face = ticking(clock, allowed=allowed, hours=hours, now=now)
    if face.left is None:
        return Owed(face=face, due_at=due, seconds=clock.seconds_left, is_paused=True)
    return Owed(face=face, due_at=due, seconds=face.left)


def _standing(handoff: Handoff) -> Owed:
    at = handoff.responded_at or handoff.answered_at or handoff.closed_at or handoff.offered_at
    due = handoff.respond_due_at or handoff.accept_due_at
    words = _("Answered") if handoff.responded_at else _("Closed")
    if handoff.responded_at and at > due:
        words = _("Answered late")
    return Owed(face=stopped(words=words, kept=at <= due), due_at=due, seconds=0, is_done=True)


def promise_owed(clock: Clock, *, hours: BusinessHours, now: datetime) -> Owed:
    """Of an answer or a deal that is owed; it says until when it stands still by agreement."""
    if pause := clock.pause_now(now):
        words = _("Paused until %(when)s") % {
            "when": hour_words(pause.until, now=now, is_inside=True)
        }
        return Owed(face=paused(words=words), due_at=clock.due_at, seconds=0, is_paused=True)
    allowed = working_time_between(clock.since, clock.due_at, hours=hours)
    return _ticking(clock.due_at, allowed=allowed, hours=hours, now=now)
