"""A year in which some reps qualify and others close: whom the first hand on, and how they fare."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.demo.slots import Bite, Story, Year
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import Clocks, PastHandoff, PastOffer
from baton.qualification.handoff.demo.agreeing import YEAR_AGO
from baton.qualification.handoff.demo.turns import SQUAD, Turns
from baton.qualification.handoff.models import Agreement, Pool
from baton.qualification.handoff.rules import Kind, Lane, Outcome, Side, State
from baton.records.people.models import Person
from baton.records.timeline.actions import NewActivity
from baton.records.timeline.rules import Kind as How
from baton.records.timeline.rules import Outcome as Went

Buyer = tuple[Person, User, datetime]
RETURNED, LATE, TALKS_LATER = 0.09, 0.07, 0.3
WHY_BACK = (
    ("need_unclear", "Wants figures, does not say for what"),
    ("wrong_contact", "The plant manager decides, she only collects offers"),
    ("no_meeting", "Moved the meeting twice, then nothing"),
)
WHY_NOT = (
    ("no_authority", "The group buys for all plants"),
    ("bad_timing", "A new hall comes first"),
    ("no_need", "The bill was smaller than they thought"),
)
LEARNT = "Came with the bill of last year; ask for the night of the 14th."
MET = ("Showed a night of their own plant", "Walked through the offer", "Met the plant manager")
FRESH = timedelta(days=2)  # whom they qualified since then still waits to be handed on
ON_DESK = (18, 75, 140, 260)  # minutes before the story is told
OLD = timedelta(days=25)  # without a deal by then they have said no
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def begin(year: Year) -> None:
    """Every third rep qualifies, the others close. The agreement is proposed here and signed when
    the cast has entered, whose own leads stay with who qualified them."""
    nora, olga = year.cast["users"]["nora"], year.cast["users"]["olga"]
    at = year.at - YEAR_AGO
    reps: list[User] = year.cast["reps"]
    closers = [rep for place, rep in enumerate(reps) if place % 3 != 1]
    pool = actions.create_pool(name="Account executives", by=olga, at=at)
    for rep in closers:
        actions.set_member(pool=pool, user=rep, by=nora, at=at)
    values = {"pool_id": pool.pk, "asks_owner": False}
    agreement = actions.amend_agreement(values=values, by=nora, at=at, kind=Kind.EXECUTIVE)
    queue = Pool.objects.living().get(is_catch_all=True)
    book, weights = HoursBook(closers), {rep.pk: 1 for rep in closers[:SQUAD]}
    year.cast["executives"] = _Closing(
        year=year,
        agreement=agreement,
        turns=Turns(year, pool=pool, queue=queue, weights=weights, reps=closers),
        clocks=Clocks(agreement, {rep.pk: book.of(rep) for rep in closers}),
    )
    year.story.keep(agreement, pool)


@dataclass(frozen=True, kw_only=True)
class _Closing:
    year: Year
    agreement: Agreement
    turns: Turns
    clocks: Clocks

    def is_sdr(self, rep: User) -> bool:
        return rep.pk not in self.turns.reps

    def hand_on(self, plan: PastHandoff, *, at: datetime, dice: Random) -> PastHandoff:
        """Taken over, late now and then, or turned down; then they meet."""
        offer = self._offer(plan.person, at=at, dice=dice)
        made = PastHandoff(
            person=plan.person,
            agreement=self.agreement,
            kind=Kind.EXECUTIVE,
            handed_by=plan.rep,
            lane=Lane.QUALIFIED,
            reason=plan.need,
            brief={**plan.brief, "learnt": _learnt(plan)},
            source=plan.source,
            at=at,
            offers=[offer],
            state=State.ACCEPTED,
        )
        self._answer(made, offer, dice=dice)
        return made

    def _offer(self, person: Person, *, at: datetime, dice: Random) -> PastOffer:
        decision = self.turns.decide(person, at=at, silent=frozenset())
        assert decision.rep  # noqa: S101 -- turns say so
        rep = self.turns.reps[decision.rep.id]
        due = self.clocks.accept_due(rep, lane=Lane.QUALIFIED, at=at)
        begun = due if dice.random() < LATE else at
        wait = dice.randint(8, 150) * MINUTE
        ended = self.year.at_desk(rep.pk, begun + wait, dice=dice)
        self.turns.note(rep, since=at, until=ended)
        return PastOffer(
            rep=rep,
            pool_id=decision.pool.id if decision.pool else None,
            decision=decision.as_json(),
            at=at,
            outcome=Outcome.ACCEPTED,
            ended_at=ended,
            due_at=due,
        )

    def _answer(self, made: PastHandoff, offer: PastOffer, *, dice: Random) -> None:
        if dice.random() < RETURNED:
            made.verdict, made.note = dice.choice(WHY_BACK)
            made.state, made.ended_at = State.REJECTED, offer.ended_at
            offer.outcome = Outcome.REJECTED
            return
        days = 2 + dice.random() * 3 if dice.random() < TALKS_LATER else 0.1 + dice.random()
        at = self.year.at_desk(offer.rep.pk, offer.ended_at + days * DAY, dice=dice)
        if at <= self.year.at:
            made.talks.append(
                NewActivity(
                    kind=How.MEETING,
                    outcome=Went.HELD,
                    person=made.person,
                    by=offer.rep,
                    at=at,
                    subject=dice.choice(MET),
                    minutes=dice.randint(25, 70),
                )
            )

    def conclude(self, made: PastHandoff, *, opened: datetime | None, dice: Random) -> None:
        """A deal settles it; without one they say no sooner or later."""
        if made.state != State.ACCEPTED or not made.talks:
            return
        if opened:
            made.state, made.ended_at = State.QUALIFIED, opened
            return
        met = made.talks[-1].at
        at = self.year.at_desk(made.rep.pk, met + dice.uniform(3, 20) * DAY, dice=dice)
        if at <= self.year.at and (dice.random() < 0.6 or met < self.year.at - OLD):
            made.state, made.ended_at = State.DISQUALIFIED, at
            made.verdict, made.note = dice.choice(WHY_NOT)


def _learnt(plan: PastHandoff) -> dict[str, Any]:
    talks = [
        {"at": one.at.isoformat(), "by": one.by.name, "kind": str(one.kind), "words": one.body}
        for one in reversed(plan.talks)
        if one.body and one.by
    ]
    said = {"by": plan.rep.name, "need": plan.need, "impact": plan.impact}
    return {**said, "note": LEARNT if len(talks) > 1 else "", "talks": talks}


def hand_on_whom_sdrs_qualified(bite: Bite, plans: list[PastHandoff]) -> list[Buyer]:
    """Who goes on to whom; returns who is an SQL of whom from when on, so that deals follow."""
    closing: _Closing = bite.year.cast["executives"]
    closing.turns.forget(bite.arrivals[0])
    dice, passed, buyers = bite.dice("executives"), list[PastHandoff](), list[Buyer]()
    for plan in plans:
        at = plan.ended_at
        if plan.state != State.QUALIFIED or at is None:
            continue
        if not closing.is_sdr(plan.rep):
            buyers.append((plan.person, plan.rep, at))
        elif at > bite.year.at - FRESH:
            bite.year.cast.setdefault("fresh", []).append((plan.person, plan.rep, at))
        else:
            made = closing.hand_on(plan, at=at, dice=dice)
            passed.append(made)
            if made.talks:
                buyers.append((plan.person, made.rep, made.talks[-1].at))
            elif made.is_returned:
                buyers.append((plan.person, plan.rep, made.answered_at))
    bite.cast["passed"] = passed
    return buyers


def tell_executives(bite: Bite) -> None:
    """With what became of them: ``cast["opened"]`` says when a deal was, by the person's id."""
    closing: _Closing = bite.year.cast["executives"]
    dice, opened = bite.dice("executives' ends"), bite.cast.get("opened", {})
    passed: list[PastHandoff] = bite.cast["passed"]
    for made in passed:
        closing.conclude(made, opened=opened.get(made.person.pk), dice=dice)
    told = [made for made in passed if made.answered_at <= bite.year.at]
    rows = actions.record_handoffs(past=told, clocks=closing.clocks, at=bite.year.at)
    bite.keep(*rows)


def agree_and_hand_on(story: Story) -> None:
    """Both heads signed a year ago; the latest SQLs are handed on today, and one is taken over."""
    closing: _Closing | None = story.cast.get("executives")
    if closing is None:
        return
    heads = {Side.MARKETING: story.cast["users"]["ines"], Side.SALES: story.cast["users"]["nora"]}
    for side, head in heads.items():
        actions.sign_agreement(
            agreement=closing.agreement, side=side, by=head, at=story.at - YEAR_AGO
        )
    fresh: list[Buyer] = sorted(story.cast.get("fresh", []), key=lambda one: one[2])
    for (person, sdr, _since), minutes in zip(reversed(fresh), ON_DESK, strict=False):
        at = story.at - minutes * MINUTE
        handoff = actions.hand_on(person=person, by=sdr, note=LEARNT, at=at)
        if minutes == ON_DESK[-1] and handoff.rep:
            actions.accept_handoff(handoff=handoff, by=handoff.rep, at=at + 40 * MINUTE)
        story.keep(handoff)
