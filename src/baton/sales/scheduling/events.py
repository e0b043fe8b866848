"""What is worth telling about a meeting that a buyer booked; times in ISO 8601."""

from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side, Touch


@dataclass(frozen=True, kw_only=True)
class MeetingFact(Fact):
    """What all of them say; ``sequence`` counts the changes of one booking."""

    side: ClassVar[Side] = Side.SALES
    booking_id: int
    rep_id: int
    starts_at: str
    title: str
    sequence: int = 0


@dataclass(frozen=True, kw_only=True)
class MeetingBooked(MeetingFact):
    """A buyer took a free time."""

    name: ClassVar[str] = "meeting.booked"
    touch: Touch = Touch.THEIRS
    minutes: int


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(MeetingFact):
    """To another time, by the buyer or by the rep (then ``actor_id``)."""

    name: ClassVar[str] = "meeting.moved"
    from_at: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingFact):
    name: ClassVar[str] = "meeting.cancelled"
