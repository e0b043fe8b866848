"""How a year's leads fare: who is turned down, who talks, who is never reached, who needs us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from random import Random

from baton.core.access.models import User
from baton.core.demo.slots import Year
from baton.qualification.handoff.actions import Clocks, PastHandoff, PastOffer
from baton.qualification.handoff.demo.telling import DISQUALIFIED, NEEDS, REJECTED
from baton.qualification.handoff.demo.turns import Turns
from baton.qualification.handoff.rules import Outcome, State
from baton.records.timeline.actions import NewActivity
from baton.records.timeline.rules import Kind
from baton.records.timeline.rules import Outcome as How

SILENT, LATE, UNREACHED = 0.035, 0.08, 0.13
NO_NEED, FADES = 0.9, 26  # of those without fit, and over how many points of it that fades
SLOW_SILENT = 0.4  # who became slow lets so many pass, and answers the others late
COLD = 0.5  # warmth below which most are strangers who wanted a prize
COLD_REASONS = (
    ("bad_data", "The number belongs to a school"),
    ("bad_data", "No such company"),
    ("not_a_buyer", "Student, wanted the prize"),
    ("not_a_buyer", "Never heard of us, only of the raffle"),
    ("no_fit", "A flat with one meter"),
)
SAID = (
    "Talked about the plant, wants figures",
    "Reads the meters by hand, once a month",
    "Has a budget from April on",
    "Asked who else in the trade has it",
    "Wants to see a night first",
    "Sends the bill of last year",
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def share_in_need(*, fit: int) -> float:
    """Who fits needs us more often, so that the score is worth something and can be learned."""
    return 1 - NO_NEED * exp(-max(0, fit) / FADES)


@dataclass(frozen=True, kw_only=True)
class Fates:
    """What dice and warmth make of one lead, step by step."""

    year: Year
    turns: Turns
    clocks: Clocks
    dice: Random

    def decide(self, plan: PastHandoff, *, warmth: float) -> None:
        """All that came of it until the year ends."""
        is_refused = self.dice.random() > warmth
        self._ask(plan, is_refused=is_refused)
        if is_refused:
            reasons = COLD_REASONS if warmth < COLD else REJECTED
            plan.verdict, plan.note = self.dice.choice(reasons)
            plan.state, plan.ended_at = State.REJECTED, plan.answered_at
        elif self.dice.random() < UNREACHED + (0.15 if warmth < COLD else 0):
            self._ring_in_vain(plan)
        else:
            self._talk(plan)

    def _ask(self, plan: PastHandoff, *, is_refused: bool) -> None:
        """Most answer within the hour, some late; few let it pass, and another one is asked."""
        answer = Outcome.REJECTED if is_refused else Outcome.ACCEPTED
        first = self._offer(plan, at=plan.at, silent=frozenset())
        passed = self.clocks.escalates_at(first.rep, lane=plan.lane, due=first.due_at)
        silent = SLOW_SILENT if self._is_slow(first) else SILENT
        if self.dice.random() < silent and passed < self.year.calendar.latest():
            self._end(plan, first, outcome=Outcome.SILENCE, at=passed)
            second = self._offer(plan, at=passed, silent=frozenset({first.rep.pk}))
            self._end(plan, second, outcome=answer, at=self._answers(second))
        else:
            self._end(plan, first, outcome=answer, at=self._answers(first))

    def _offer(self, plan: PastHandoff, *, at: datetime, silent: frozenset[int]) -> PastOffer:
        decision = self.turns.decide(plan.person, at=at, silent=silent)
        assert decision.rep  # noqa: S101 -- turns say so
        rep = self.turns.reps[decision.rep.id]
        return PastOffer(
            rep=rep,
            pool_id=decision.pool.id if decision.pool else None,
            decision=decision.as_json(),
            at=at,
            outcome=Outcome.ACCEPTED,
            ended_at=at,
            due_at=self.clocks.accept_due(rep, lane=plan.lane, at=at),
        )

    def _end(self, plan: PastHandoff, offer: PastOffer, *, outcome: Outcome, at: datetime) -> None:
        offer.outcome, offer.ended_at = outcome, at
        self.turns.note(offer.rep, since=offer.at, until=at)
        plan.offers.append(offer)

    def _is_slow(self, offer: PastOffer) -> bool:
        """``cast["slow"]``: from when on, by the rep's id."""
        since: datetime | None = self.year.cast.get("slow", {}).get(offer.rep.pk)
        return since is not None and offer.due_at >= since

    def _answers(self, offer: PastOffer) -> datetime:
        if self._is_slow(offer) or self.dice.random() < LATE:
            return self._at_desk(offer.rep, offer.due_at + self.dice.randint(6, 50) * MINUTE)
        return self._at_desk(offer.rep, offer.at) + self.dice.randint(3, 28) * MINUTE

    def _at_desk(self, rep: User, at: datetime) -> datetime:
        return self.year.at_desk(rep.pk, at, dice=self.dice)

    def _ring_in_vain(self, plan: PastHandoff) -> None:
        """As often as agreed, a working day apart."""
        at = plan.answered_at
        for _ in range(plan.agreement.attempts):
            at = self._at_desk(plan.rep, at + self.dice.uniform(0.8, 1.6) * DAY)
            if at > self.year.at:
                return  # they go on tomorrow
            plan.talks.append(self._call(plan, How.UNANSWERED, at=at))
        plan.state, plan.ended_at = State.UNREACHABLE, at

    def _talk(self, plan: PastHandoff) -> None:
        """A call or two in vain, then a talk; some days later it is clear what they need."""
        at = plan.answered_at
        for _ in range(self.dice.choice((0, 0, 0, 1, 1, 2))):
            at = self._at_desk(plan.rep, at + self.dice.choice((6, 11, 19, 34, 240)) * MINUTE)
            plan.talks.append(self._call(plan, How.UNANSWERED, at=at))
        at = self._at_desk(plan.rep, at + self.dice.choice((3, 5, 8, 14, 22, 40, 95)) * MINUTE)
        said = self.dice.choice(SAID)
        talk = self._call(
            plan, How.CONVERSATION, at=at, body=said, minutes=self.dice.randint(4, 34)
        )
        plan.talks = [one for one in (*plan.talks, talk) if one.at <= self.year.at]
        after = self._at_desk(plan.rep, at + self.dice.uniform(0.2, 9) * DAY)
        ends = after + self.dice.randint(5, 55) * MINUTE
        if ends <= self.year.at:
            self._conclude(plan, at=ends)

    def _conclude(self, plan: PastHandoff, *, at: datetime) -> None:
        plan.ended_at = at
        if self.dice.random() < share_in_need(fit=plan.brief["score"]["fit"]):
            plan.state = State.QUALIFIED
            plan.need, plan.impact = self.dice.choice(NEEDS)
            return
        said = self.dice.choice(DISQUALIFIED)
        plan.state, plan.verdict, plan.note = State.DISQUALIFIED, said["reason"], said["note"]
        plan.competitor = said.get("competitor", "")

    def _call(
        self,
        plan: PastHandoff,
        outcome: How,
        *,
        at: datetime,
        body: str = "",
        minutes: int | None = None,
    ) -> NewActivity:
        return NewActivity(
            kind=Kind.CALL,
            outcome=outcome,
            person=plan.person,
            by=plan.rep,
            at=at,
            body=body,
            minutes=minutes,
        )
