"""A year's deals: with SQLs and with whom sales found, stage by stage, won, lost or still open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from baton.core.access.models import User
from baton.core.demo.slots import Bite, Year
from baton.records.people.models import Person
from baton.records.people.rules import Origin
from baton.records.purchases.models import Product
from baton.records.timeline.actions import (
    NewActivity,
    NewNote,
    NewTask,
    add_notes,
    add_tasks,
    log_activities,
)
from baton.sales.deals import actions
from baton.sales.deals.actions import PastDeal
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.rules import StageKind

OPENS, OPENS_FOUND = 0.6, 0.2  # of the SQLs, and of whom sales or a friend found
WINS, PACE = 0.33, 13  # days in a stage, in the middle
TITLES = (
    "Meters for {n} lines", "Energy desk, {n} sites", "Audit and meters", "Gateways, {town}",
    "Cold store metering", "Compressor hall", "Pilot at one site", "Rollout, {n} halls",
    "Night report", "Metering, phase {n}", "Energy desk and audit", "Meters for the kilns",
)  # fmt: skip
PACKS: tuple[dict[str, tuple[int, int]], ...] = (
    {"FM-1": (6, 40), "FG-2": (1, 4)},
    {"ED-S": (1, 3)},
    {"AR-50": (1, 1), "FM-1": (4, 16)},
    {"FM-1": (8, 30), "ED-S": (1, 2), "CD-1": (1, 3)},
)
WON_FOR = ("best_fit", "best_fit", "speed", "proof", "relationship", "price", "terms")
LOST_FOR = (
    ("price", "", "Why is this not a monthly price?"),
    ("no_decision", "", ""),
    ("no_decision", "", "The board looks at it in spring."),
    ("competitor", "Wattline", "They measure water, too."),
    ("competitor", "Gridlens", ""),
    ("no_budget", "", "Not before the next budget."),
    ("timing", "", "A new hall comes first."),
    ("no_fit", "", "It has to read our own sensors."),
    ("no_answer", "", ""),
)
STEPS = (
    "Send the data sheet", "Visit the plant", "Offer to finance", "Ring about the pilot",
    "Ask for a date", "Show the night report", "Agree on goals", "Contract to legal",
)  # fmt: skip
NOTES = (
    "Decides together with the plant manager.",
    "Two sites first, the others follow when the first bill is in.",
    "Has been burnt by a pilot that nobody read.",
    "The auditor comes in autumn; that is the date that counts.",
)
MEETINGS = ("Walked the plant", "Showed a night", "Went through the offer", "Met finance")
DAY = timedelta(days=1)


def begin(year: Year) -> None:
    """The won and the lost stage, which the story's own deals reach by themselves."""
    first: Stage = year.cast["stages"][0]
    closing = Stage.objects.living().filter(pipeline=first.pipeline_id).exclude(kind="open")
    year.cast["closing"] = {StageKind(stage.kind): stage for stage in closing}


@dataclass(frozen=True, kw_only=True)
class _Teller:
    year: Year
    dice: Random
    stages: list[Stage]
    closing: dict[StageKind, Stage]
    products: dict[str, Product]

    def deal(self, person: Person, rep: User, since: datetime) -> PastDeal | None:
        """None when it would begin only after the story is told."""
        at = self._later(rep, since, days=self.dice.uniform(0.1, 5))
        if at >= self.year.at:
            return None
        stays = [(self.stages[0], at)]
        ending = StageKind.WON if self.dice.random() < WINS else StageKind.LOST
        last = len(self.stages) if ending is StageKind.WON else self.dice.randint(1, 4)
        reached = [*self.stages[1:last], self.closing[ending]]
        for stage in reached:
            pace = PACE * (1.5 if ending is StageKind.LOST else 1)
            at = self._later(rep, at, days=self.dice.gammavariate(1.6, pace / 1.6))
            if at >= self.year.at:
                return self._open(person, rep, stays)
            stays.append((stage, at))
        return self._closed(person, rep, stays)

    def _later(self, rep: User, at: datetime, *, days: float) -> datetime:
        later = self.year.at_desk(rep.pk, at + days * DAY, dice=self.dice)
        return later + timedelta(minutes=self.dice.randint(0, 40))

    def _open(self, person: Person, rep: User, stays: list[tuple[Stage, datetime]]) -> PastDeal:
        today = self.year.at.date()
        has_step = self.dice.random() < 0.8
        ahead = round(self.dice.triangular(-9, 75, 24))
        amount, lines = self._worth()
        return PastDeal(
            name=self._title(person),
            person=person,
            owner=rep,
            stays=stays,
            amount=amount,
            lines=lines,
            close_on=today + ahead * DAY if self.dice.random() < 0.9 else None,
            next_step=self.dice.choice(STEPS) if has_step else "",
            next_step_on=today + self.dice.randint(-3, 16) * DAY if has_step else None,
        )

    def _closed(self, person: Person, rep: User, stays: list[tuple[Stage, datetime]]) -> PastDeal:
        stage, at = stays[-1]
        reason, competitor, objection = (
            (self.dice.choice(WON_FOR), "", "")
            if stage.kind == StageKind.WON
            else self.dice.choice(LOST_FOR)
        )
        amount, lines = self._worth()
        return PastDeal(
            name=self._title(person),
            person=person,
            owner=rep,
            stays=stays,
            amount=amount,
            lines=lines,
            close_on=self._expected(at),
            reason=reason,
            competitor=competitor,
            objection=objection,
        )

    def _expected(self, at: datetime) -> date:
        return (at + self.dice.randint(-12, 25) * DAY).date()

    def _title(self, person: Person) -> str:
        town = person.company.city if person.company else "one site"
        return self.dice.choice(TITLES).format(n=self.dice.randint(2, 9), town=town)

    def _worth(self) -> tuple[Decimal | None, list[tuple[Product, int]]]:
        if self.dice.random() < 0.05:
            return None, []
        if self.dice.random() < 0.5:
            return Decimal(round(self.dice.lognormvariate(9.1, 0.55), -2)), []
        pack = self.dice.choice(PACKS)
        lines = [(self.products[code], self.dice.randint(*most)) for code, most in pack.items()]
        return sum((Decimal(count) * (one.price or 0) for one, count in lines), Decimal()), lines


def tell_deals(bite: Bite) -> None:
    """One deal a buyer, with what was said and promised on the way."""
    cast, dice = bite.year.cast, bite.dice("deals")
    teller = _Teller(
        year=bite.year,
        dice=dice,
        stages=cast["stages"],
        closing=cast["closing"],
        products=cast["products"],
    )
    told = (teller.deal(*buyer) for buyer in _buyers(bite, dice=dice))
    past = [one for one in told if one]
    rows = actions.record_deals(past=past)
    bite.keep(*rows)
    bite.cast["won"] = [row for row in rows if row.state == StageKind.WON]
    bite.cast["opened"] = {one.person.pk: one.stays[0][1] for one in past}
    told_with = list(zip(past, rows, strict=True))
    log_activities(new=[one for pair in told_with for one in _meetings(*pair, dice=dice)])
    add_notes(new=[one for pair in told_with for one in _notes(*pair, dice=dice)])
    add_tasks(new=[one for pair in told_with for one in _tasks(bite.year, *pair, dice=dice)])


def _buyers(bite: Bite, *, dice: Random) -> Iterator[tuple[Person, User, datetime]]:
    for person, rep, since in bite.cast["qualified"]:
        if dice.random() < OPENS:
            yield person, rep, since
    for person in bite.cast["people"]:
        is_found = person.origin != Origin.MARKETING and person.owner
        if is_found and dice.random() < OPENS_FOUND:
            since = bite.cast["known_at"][person.pk] + dice.uniform(1, 12) * DAY
            yield person, person.owner, since


def _meetings(one: PastDeal, row: Deal, *, dice: Random) -> Iterator[NewActivity]:
    """Each stage but the last began with a meeting or a mail."""
    for _stage, at in one.stays[:-1]:
        is_meeting = dice.random() < 0.6
        yield NewActivity(
            kind="meeting" if is_meeting else "mail",
            outcome="held" if is_meeting else "sent",
            person=one.person,
            by=one.owner,
            at=at - timedelta(minutes=dice.randint(5, 50)),
            deal_id=row.pk,
            subject=dice.choice(MEETINGS if is_meeting else STEPS),
            minutes=dice.randint(20, 90) if is_meeting else None,
        )


def _notes(one: PastDeal, row: Deal, *, dice: Random) -> Iterator[NewNote]:
    if dice.random() < 0.25:
        at = one.stays[0][1] + timedelta(minutes=25)
        body = dice.choice(NOTES)
        yield NewNote(body=body, person=one.person, by=one.owner, at=at, deal_id=row.pk)


def _tasks(year: Year, one: PastDeal, row: Deal, *, dice: Random) -> Iterator[NewTask]:
    """What was promised: done in the past, still to do where the deal is open."""
    opened = one.stays[0][1]
    if row.closed_at and dice.random() < 0.5:
        done = min(opened + dice.uniform(1, 4) * DAY, row.closed_at)
        title = dice.choice(STEPS)
        yield NewTask(
            title=title, owner=one.owner, person=one.person, at=opened, due_at=done,
            done_at=done, deal_id=row.pk,
        )  # fmt: skip
    elif row.state == StageKind.OPEN and one.next_step and dice.random() < 0.4:
        due = year.calendar.planned(year.at + dice.uniform(-1.5, 9) * DAY)
        yield NewTask(
            title=one.next_step, owner=one.owner, person=one.person, at=opened, due_at=due,
            deal_id=row.pk,
        )  # fmt: skip
