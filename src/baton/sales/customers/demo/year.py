"""A year's customers: handed over after the win, spoken with, asked, going on or gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.demo.slots import Bite, Year
from baton.records.timeline.actions import NewActivity, log_activities
from baton.records.timeline.rules import Kind, Outcome
from baton.sales.customers import actions
from baton.sales.customers.actions import PastCustomer, PastStep
from baton.sales.customers.demo.story import agree
from baton.sales.customers.models import TemplateStep
from baton.sales.customers.rules import ChurnReason, Whose, due_on
from baton.sales.deals.models import Deal

SQUAD = 6  # reps whose customers one colleague looks after
LATE, NEGLECTED, GONE, ASKED, ANSWERED = 0.09, 0.16, 0.06, 0.5, 0.7
LIKES = (10, 10, 9, 9, 9, 8, 8, 7, 6, 5, 3)
WORDS = {10: "The report does in a minute what took us a day.", 3: "The gateway drops at night."}
SAID = (
    "Went through the month; two meters to move",
    "Asked what the second site would cost",
    "Uses the night report each Monday",
    "New energy manager, introduced us",
)
NOTES = (
    "Wants a call each fortnight until the first report",
    "The plant manager decides, the energy manager works with it",
    "I said that we look at the second hall in spring",
    "",
)
STEP_LATE = 0.12
MINUTE, DAY, HOUR = timedelta(minutes=1), timedelta(days=1), timedelta(hours=1)
A_YEAR, SETTLED = timedelta(days=365), timedelta(days=120)


@dataclass
class _Care:
    """Who looks after whose customers, in what hours, and who is one already."""

    year: Year
    owners: dict[int, User]  # by the seller
    book: HoursBook
    steps: list[TemplateStep]
    known: set[tuple[str, int]] = field(default_factory=set)
    days: dict[tuple[int, date, int], date] = field(default_factory=dict)

    def is_new(self, deal: Deal) -> bool:
        """Of two deals of a company the first one made them a customer."""
        whose = ("company", deal.company_id) if deal.company_id else ("person", deal.person_id)
        if whose[1] is None or whose in self.known:
            return False
        self.known.add((whose[0], whose[1]))
        return True

    def due(self, user: User, begun: date, days: int) -> date:
        asked = (user.pk, begun, days)
        if asked not in self.days:
            self.days[asked] = due_on(begun, days=days, hours=self.book.of(user))
        return self.days[asked]


def begin(year: Year) -> None:
    """Cora looks after what the cast sells; of more reps one in each squad does."""
    agree(year.story)
    reps: list[User] = year.cast["reps"]
    cora: User = year.cast["users"]["cora"]
    owners = {rep.pk: cora for rep in reps[:3]}
    others = reps[3:]
    owners |= {rep.pk: others[place - place % SQUAD] for place, rep in enumerate(others)}
    steps = list(TemplateStep.objects.filter(deleted_at=None).order_by("days", "pk"))
    book = HoursBook([cora, *reps])
    year.cast["care"] = _Care(year=year, owners=owners, book=book, steps=steps)


def tell_customers(bite: Bite) -> None:
    """Of the deals that were won (``cast["won"]``)."""
    care: _Care = bite.year.cast["care"]
    dice = bite.dice("customers")
    won: list[Deal] = sorted(bite.cast.get("won", []), key=lambda deal: (deal.closed_at, deal.pk))
    past = [_customer(care, deal, dice=dice) for deal in won if care.is_new(deal)]
    words = bite.dice("how customers begin")
    for one in past:
        _begin(one, dice=words, at=bite.year.at)
    rows = actions.record_customers(past=past, book=care.book, at=bite.year.at)
    log_activities(new=[talk for one in past for talk in _talks(care, one, dice=dice)])
    actions.refresh([row.pk for row in rows], at=bite.year.at)
    bite.keep(*rows)


def _customer(care: _Care, deal: Deal, *, dice: Random) -> PastCustomer:
    assert deal.owner  # noqa: S101 -- it is won
    assert deal.closed_at  # noqa: S101 -- it is won
    seller, begun = deal.owner, deal.closed_at
    owner = care.owners.get(seller.pk, seller)
    one = PastCustomer(deal=deal, owner=owner, seller=seller, started_at=begun)
    if owner.pk != seller.pk:
        _hand_over(care, one, dice=dice)
    one.steps = list(_steps(care, one, dice=dice))
    if dice.random() < 0.8:
        one.ends_on = (begun + A_YEAR).date()
    if begun < care.year.at - SETTLED and dice.random() < GONE:
        at = care.year.at_desk(owner.pk, begun + dice.uniform(60, 118) * DAY, dice=dice)
        one.churned_at, one.churn_reason = at, dice.choice(list(ChurnReason)).value
    elif dice.random() < ASKED:
        _ask(care, one, dice=dice)
    return one


def _hand_over(care: _Care, one: PastCustomer, *, dice: Random) -> None:
    """Taken over within the day, called within two; late now and then, and the latest not yet."""
    days = dice.uniform(2, 4) if dice.random() < LATE else dice.uniform(0.05, 0.6)
    accepted = care.year.at_desk(one.owner.pk, one.started_at + days * DAY, dice=dice)
    if accepted > care.year.at:
        return
    one.accepted_at = accepted
    days = dice.uniform(3, 6) if dice.random() < LATE else dice.uniform(0.1, 1.4)
    called = care.year.at_desk(one.owner.pk, accepted + days * DAY, dice=dice)
    one.called_at = called if called <= care.year.at else None


def _begin(one: PastCustomer, *, dice: Random, at: datetime) -> None:
    """Most were told of in the seller's own words, and had use of it within the month that was
    promised."""
    one.note = dice.choice(NOTES)
    on = (one.started_at + dice.uniform(8, 38) * DAY).date()
    if one.called_at and on < at.date():
        one.first_value_on = on


def _steps(care: _Care, one: PastCustomer, *, dice: Random) -> Iterator[PastStep]:
    begun = one.started_at.astimezone(care.year.calendar.zone).date()
    for step in care.steps:
        whose = one.seller if step.whose == Whose.SELLER else one.owner
        due = care.due(whose, begun, step.days)
        late = dice.randint(1, 9) if dice.random() < STEP_LATE else 0
        at = care.year.calendar.moment(due + late * DAY, hour=9 + dice.random() * 7)
        yield PastStep(
            name=step.name,
            whose=step.whose,
            due_on=due,
            by=whose,
            done_at=at if one.started_at < at <= care.year.at else None,
        )


def _ask(care: _Care, one: PastCustomer, *, dice: Random) -> None:
    """How likely they would recommend us, some weeks after the start."""
    asked = care.year.at_desk(one.owner.pk, one.started_at + dice.uniform(25, 50) * DAY, dice=dice)
    if asked > care.year.at:
        return
    one.asked_at = asked
    answered = asked + dice.uniform(0.1, 6) * DAY
    if dice.random() < ANSWERED and answered <= care.year.at:
        one.answered_at, one.score = answered, dice.choice(LIKES)
        one.comment = WORDS.get(one.score, "")


def _talks(care: _Care, one: PastCustomer, *, dice: Random) -> Iterator[NewActivity]:
    """The first call, then about as often as agreed; some are forgotten."""
    at, is_neglected = one.called_at, dice.random() < NEGLECTED
    until = min(one.churned_at or care.year.at, care.year.at)
    number = 0
    while at and at <= until and one.deal.person and not (is_neglected and number):
        yield NewActivity(
            kind=Kind.CALL,
            outcome=Outcome.CONVERSATION,
            person=one.deal.person,
            by=one.owner,
            at=at,
            body=dice.choice(SAID) if number else "The first call after the win",
            minutes=dice.randint(8, 40),
        )
        number += 1
        at = _next(care, one.owner, at, dice=dice)


def _next(care: _Care, owner: User, at: datetime, *, dice: Random) -> datetime:
    return care.year.at_desk(owner.pk, at + dice.uniform(24, 62) * DAY, dice=dice)
