from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class PersonQualified(Fact):
    """The agreement is met: raised a hand, or passed the threshold. Makes the MQL."""

    name: ClassVar[str] = "mql.reached"
    lane: str  # hand_raise, score, revisit
    why: str
    score: int
    channel: str = ""  # the source that made the MQL
    campaign: str = ""


@dataclass(frozen=True, kw_only=True)
class PricesSeen(Fact):
    """Somebody we know looked at a page that shows prices: told once a day."""

    name: ClassVar[str] = "prices.seen"
    side: ClassVar[Side] = Side.MARKETING
    visit_id: int


@dataclass(frozen=True, kw_only=True)
class HandoffOffered(Fact):
    """Somebody was asked to take the lead; a new round is a new fact."""

    name: ClassVar[str] = "handoff.offered"
    handoff_id: int
    rep_id: int  # 0 = the catch-all queue
    round: int
    due_at: str  # ISO 8601


@dataclass(frozen=True, kw_only=True)
class HandedOn(Fact):
    """An SDR hands somebody whom they qualified to an account executive."""

    name: ClassVar[str] = "handoff.handed_on"
    side: ClassVar[Side] = Side.SALES
    handoff_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TakenOver(Fact):
    """An account executive took over whom an SDR had qualified."""

    name: ClassVar[str] = "handoff.taken_over"
    side: ClassVar[Side] = Side.SALES
    handoff_id: int
    rep_id: int
    handed_by_id: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class HandedBack(Fact):
    """An account executive turned them down: back to the SDR."""

    name: ClassVar[str] = "handoff.handed_back"
    side: ClassVar[Side] = Side.SALES
    handoff_id: int
    rep_id: int
    handed_by_id: int
    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoffAccepted(Fact):
    """The SAL."""

    name: ClassVar[str] = "handoff.accepted"
    handoff_id: int
    rep_id: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class HandoffRejected(Fact):
    name: ClassVar[str] = "handoff.rejected"
    handoff_id: int
    rep_id: int
    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoffRedirected(Fact):
    """Turned down as lying in another territory; goes to the next one at once."""

    name: ClassVar[str] = "handoff.redirected"
    handoff_id: int
    rep_id: int
    note: str = ""
    territory: str = ""  # where it lies, as far as they know


@dataclass(frozen=True, kw_only=True)
class AnswerUndone(Fact):
    """Who answered took it back: the lead is offered as before. What had told the answer stands no
    longer."""

    name: ClassVar[str] = "handoff.answer_undone"
    handoff_id: int
    answer: str  # accepted, or why it was turned down
    undone: str  # the batch of what stands no longer


@dataclass(frozen=True, kw_only=True)
class HandoffEscalated(Fact):
    """Nobody answered in time; goes to the next one."""

    name: ClassVar[str] = "handoff.escalated"
    handoff_id: int
    rep_id: int
    round: int


@dataclass(frozen=True, kw_only=True)
class FirstResponseMade(Fact):
    """The response clock stopped."""

    name: ClassVar[str] = "handoff.answered"
    handoff_id: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class PersonUnreachable(Fact):
    """The agreed attempts are used up."""

    name: ClassVar[str] = "handoff.unreachable"
    handoff_id: int
    rep_id: int


@dataclass(frozen=True, kw_only=True)
class NeedConfirmed(Fact):
    """Talked to; need and impact are known. The SQL."""

    name: ClassVar[str] = "handoff.qualified"
    handoff_id: int | None = None  # none: sales found this person itself
    need: str = ""
    impact: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonDisqualified(Fact):
    name: ClassVar[str] = "handoff.disqualified"
    handoff_id: int | None = None
    reason: str
    competitor: str = ""
    note: str = ""
    revisit_on: str = ""  # ISO 8601 date


@dataclass(frozen=True, kw_only=True)
class VerdictReplied(Fact):
    """Marketing answered the reason: mended, disputed, agreed. With ``deal_id``: why that deal was
    lost; ``rep_id``: who gave the reason."""

    name: ClassVar[str] = "handoff.replied"
    handoff_id: int
    rep_id: int
    kind: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonRecycled(Fact):
    """Back to nurture until a date, or until a condition comes true."""

    name: ClassVar[str] = "person.recycled"
    handoff_id: int | None = None  # none: sales found this person itself
    until: str  # ISO 8601
    condition: str = ""  # in words; none: by the date alone


@dataclass(frozen=True, kw_only=True)
class RestChanged(Fact):
    """Somebody rests until another day, or until something else is so."""

    name: ClassVar[str] = "rest.changed"
    side: ClassVar[Side] = Side.SALES
    handoff_id: int | None = None
    until: str  # ISO 8601
    condition: str = ""  # in words; none: by the date alone
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ClockRanOut(Fact):
    """An answer, a touch or a next step was promised until then, and is not there."""

    name: ClassVar[str] = "clock.ran_out"
    side: ClassVar[Side] = Side.SALES
    clock_id: int
    kind: str  # reply, idle, step
    owner_id: int  # 0 = nobody's
    due_at: str  # ISO 8601
