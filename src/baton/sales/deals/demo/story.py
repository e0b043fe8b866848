"""What Fennmark's reps are selling: deals in every stage, won and lost, idle and late."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.qualification.lifecycle.rules import Stage as Lifecycle
from baton.qualification.lifecycle.rules import rank
from baton.records.people.models import Person
from baton.records.people.rules import BuyingRole, Origin
from baton.sales.deals import actions, queries
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.rules import Asked

OPEN, WON, LOST = "open", "won", "lost"
HOUR = timedelta(hours=1)
GATES = {  # no proposal without a price and a day, no negotiation without who decides
    "Proposal": (Asked.AMOUNT, Asked.CLOSE_ON),
    "Negotiation": (Asked.DECISION_MAKER,),
}


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One deal's story. ``stages`` it went through after New, ``days`` since it was opened."""

    title: str
    days: int
    stages: int
    amount: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)  # product code -> how many
    quiet_days: int = 2  # since the latest move
    closes_in: int = 30
    is_undated: bool = False
    step: str = ""
    step_in: int = 2
    ending: str = OPEN
    reason: str = ""
    competitor: str = ""
    objection: str = ""


def plots() -> list[Plot]:
    """The stories in the file beside this one."""
    text = Path(__file__).with_name("deals.toml").read_text()
    return [Plot(**told) for told in tomllib.loads(text)["deals"]]


def tell_pipeline(story: Story) -> None:
    """The usual stages; a pipeline that was here before stays when the demo goes."""
    is_new = not Pipeline.objects.exists()
    pipeline = actions.ensure_default_pipeline()
    if is_new:
        for name, asked in GATES.items():
            actions.set_gate(stage=pipeline.stages.get(name=name), asked=asked)
        story.keep(*pipeline.stages.all(), pipeline)
    story.cast["stages"] = queries.open_stages(pipeline)


def tell_deals(story: Story) -> None:
    """The people who came farthest, each with a deal: those there the longest have the longest."""
    buyers = _buyers(story)
    chosen = _sample(plots(), count=len(buyers))
    story.cast["deals"] = [
        _tell(story, plot, person=person, since=since)
        for plot, (person, since) in zip(chosen, buyers, strict=False)
    ]
    story.keep(*story.cast["deals"])


def _sample(told: list[Plot], *, count: int) -> list[Plot]:
    """So many of them, every third first: open, won and lost ones among them; the longest first."""
    mixed = [told[place] for first in range(3) for place in range(first, len(told), 3)]
    return sorted(mixed[:count], key=lambda plot: -plot.days)


def _buyers(story: Story) -> list[tuple[Person, datetime]]:
    """Whom a deal may be opened with, and since when: SQLs, and those whom sales found itself."""
    known_at: dict[int, datetime] = story.cast.get("known_at", {})
    people = Person.objects.filter(pk__in=[one.pk for one in story.cast["people"].values()])
    found = [
        (person, (person.stage_at or known_at[person.pk]) + HOUR)
        for person in people.select_related("company", "owner")
        if rank(person.stage) >= rank(Lifecycle.SQL)
        or (person.origin == Origin.SALES and person.stage == Lifecycle.LEAD)
    ]
    latest = story.at - timedelta(days=2)
    return sorted((one for one in found if one[1] < latest), key=lambda one: (one[1], one[0].pk))


def _rep(story: Story, person: Person) -> User:
    """Who looks after the person, if that is a rep; else they take turns."""
    reps: list[User] = [story.cast["users"][name] for name in ("teo", "ravi", "sam")]
    owner = next((rep for rep in reps if rep.pk == person.owner_id), None)
    return owner or reps[person.pk % len(reps)]


def _tell(story: Story, plot: Plot, *, person: Person, since: datetime) -> Deal:
    clock = _Clock(story, plot, since=since)
    rep = _rep(story, person)
    stages: list[Stage] = story.cast["stages"]
    today = timezone.localtime(story.at).date()
    is_open = plot.ending == OPEN
    deal = actions.open_deal(
        name=plot.title,
        person=person,
        owner=rep,
        by=rep,
        at=clock.begun,
        stage=stages[0],
        amount=Decimal(plot.amount) if plot.amount else None,
        close_on=None if plot.is_undated else today + timedelta(days=plot.closes_in),
        next_step=plot.step if is_open else "",
        next_step_on=today + timedelta(days=plot.step_in) if plot.step and is_open else None,
    )
    _join(deal, by=rep, at=clock.begun)
    if plot.lines:
        _sell(story, deal, plot=plot, by=rep, at=clock.begun)
    for step in range(1, plot.stages + 1):
        stage = stages[step]
        gaps = queries.gaps_of(deal, stage)
        values = {name: person.full_name for name in gaps if name == Asked.DECISION_MAKER}
        actions.move_deal(deal=deal, stage=stage, by=rep, at=clock.at(step), values=values)
    if plot.objection and is_open:
        values = {"objection": plot.objection, "competitor": plot.competitor}
        actions.edit_deal(deal=deal, values=values, by=rep, at=clock.at(plot.stages) + HOUR)
    return _end(deal, plot=plot, by=rep, at=clock.end)


class _Clock:
    """The plot's days, squeezed into the time since the person could buy; on working days."""

    def __init__(self, story: Story, plot: Plot, *, since: datetime) -> None:
        self.begun = max(story.at - timedelta(days=plot.days), since)
        squeeze = (story.at - self.begun) / timedelta(days=plot.days)
        self.end = story.at - timedelta(days=plot.quiet_days) * squeeze
        self.stride = (self.end - self.begun) / (plot.stages + 1)

    def at(self, step: int) -> datetime:
        """When it came to its n-th stage: on the Friday before, when that is a weekend."""
        moment = self.begun + self.stride * step
        friday = moment - timedelta(days=max(moment.weekday() - 4, 0))
        by_day = friday.replace(hour=7 + step, minute=step * 11)  # UTC; nobody works at midnight
        return by_day if self.begun + self.stride * (step - 1) < by_day <= self.end else moment


def _join(deal: Deal, *, by: User, at: datetime) -> None:
    """What the buyer is in it, and a colleague or two of theirs, as each one's page says."""
    buyer = deal.person
    if buyer is None or not deal.company_id:
        return
    if buyer.buying_role:
        actions.set_role(deal=deal, person=buyer, role=buyer.buying_role, by=by, at=at)
    others = Person.objects.living().filter(company=deal.company_id)
    for other in others.exclude(pk=buyer.pk).order_by("pk")[:2]:
        role = other.buying_role or BuyingRole.INFLUENCER
        joined = at + timedelta(minutes=50)
        actions.add_person(deal=deal, person=other, role=role, by=by, at=joined)


def _sell(story: Story, deal: Deal, *, plot: Plot, by: User, at: datetime) -> None:
    products: dict[str, Any] = story.cast["products"]
    lines = [
        actions.Line(product=products[code], quantity=Decimal(count), price=products[code].price)
        for code, count in plot.lines.items()
    ]
    actions.set_lines(deal=deal, lines=lines, by=by, at=at + timedelta(minutes=20))


def _end(deal: Deal, *, plot: Plot, by: User, at: datetime) -> Deal:
    ending: dict[str, Any] = {"deal": deal, "by": by, "at": at, "reason": plot.reason}
    if plot.ending == WON:
        return actions.win_deal(**ending, competitor=plot.competitor)
    if plot.ending == LOST:
        return actions.lose_deal(**ending, competitor=plot.competitor, objection=plot.objection)
    return deal
