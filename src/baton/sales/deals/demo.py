"""What Fennmark's reps are selling: deals in every stage, won and lost, idle and late."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from baton.core.access.models import User
from baton.core.demo.slots import Chapter, Story, chapters
from baton.qualification.lifecycle.rules import rank
from baton.records.people.models import Person
from baton.sales.deals import actions, queries
from baton.sales.deals.models import Deal, Pipeline, Stage

OPEN, WON, LOST = "open", "won", "lost"


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
    text = Path(__file__).with_name("demo.toml").read_text()
    return [Plot(**told) for told in tomllib.loads(text)["deals"]]


def tell_pipeline(story: Story) -> None:
    """The usual stages; a pipeline that was here before stays when the demo goes."""
    is_new = not Pipeline.objects.exists()
    pipeline = actions.ensure_default_pipeline()
    story.cast["pipeline"] = pipeline
    if is_new:
        story.keep(*pipeline.stages.all(), pipeline)


def tell_deals(story: Story) -> None:
    """A deal for each plot, with the people who came farthest; the reps share them."""
    people = _buyers(story)
    users = story.cast["users"]
    reps = [users[name] for name in ("teo", "ravi", "sam")]
    story.cast["deals"] = [
        _tell(story, plot, person=person, rep=_rep(person, reps, place))
        for place, (plot, person) in enumerate(zip(plots(), people, strict=False))
    ]
    story.keep(*story.cast["deals"])


def _buyers(story: Story) -> list[Person]:
    """Fresh rows of the cast, the farthest on their way first; nobody twice."""
    cast = story.cast["people"]
    ids = [person.pk for person in (cast.values() if isinstance(cast, dict) else cast)]
    people = (
        Person.objects.filter(pk__in=ids).exclude(stage="other").select_related("company", "owner")
    )
    return sorted(people, key=lambda person: (-rank(person.stage), person.pk))


def _rep(person: Person, reps: Sequence[User], place: int) -> User:
    """Who looks after the person, if that is a rep; else they take turns."""
    owner = next((rep for rep in reps if rep.pk == person.owner_id), None)
    return owner or reps[place % len(reps)]


def _tell(story: Story, plot: Plot, *, person: Person, rep: User) -> Deal:
    begun = _workday(story.at - timedelta(days=plot.days))
    stages = queries.open_stages(_pipeline(story))
    today = timezone.localtime(story.at).date()
    is_open = plot.ending == OPEN
    deal = actions.open_deal(
        name=plot.title,
        person=person,
        owner=rep,
        by=rep,
        at=begun,
        stage=stages[0],
        amount=Decimal(plot.amount) if plot.amount else None,
        close_on=None if plot.is_undated else today + timedelta(days=plot.closes_in),
        next_step=plot.step if is_open else "",
        next_step_on=today + timedelta(days=plot.step_in) if plot.step and is_open else None,
    )
    if plot.lines:
        _sell(story, deal, plot=plot, by=rep, at=begun)
    _walk(deal, plot=plot, stages=stages, by=rep, begun=begun, until=story.at)
    return _end(deal, plot=plot, by=rep, at=_workday(story.at - timedelta(days=plot.quiet_days)))


def _sell(story: Story, deal: Deal, *, plot: Plot, by: User, at: datetime) -> None:
    products: dict[str, Any] = story.cast["products"]
    lines = [
        actions.Line(product=products[code], quantity=Decimal(count), price=products[code].price)
        for code, count in plot.lines.items()
    ]
    actions.set_lines(deal=deal, lines=lines, by=by, at=at + timedelta(minutes=20))


def _walk(
    deal: Deal,
    *,
    plot: Plot,
    stages: Sequence[Stage],
    by: User,
    begun: datetime,
    until: datetime,
) -> None:
    """From stage to stage in even strides, the last one before the quiet days."""
    stride = max((plot.days - plot.quiet_days) / (plot.stages + 1), 0.3)
    for step in range(1, plot.stages + 1):
        at = _workday(begun + timedelta(days=stride * step))
        actions.move_deal(deal=deal, stage=stages[step], by=by, at=min(at, until))
    if plot.objection and plot.ending == OPEN:
        values = {"objection": plot.objection, "competitor": plot.competitor}
        at = min(begun + timedelta(days=stride * (plot.stages or 1), hours=1), until)
        actions.edit_deal(deal=deal, values=values, by=by, at=at)


def _end(deal: Deal, *, plot: Plot, by: User, at: datetime) -> Deal:
    ending: dict[str, Any] = {"deal": deal, "by": by, "at": at, "reason": plot.reason}
    if plot.ending == WON:
        return actions.win_deal(**ending, competitor=plot.competitor)
    if plot.ending == LOST:
        return actions.lose_deal(**ending, competitor=plot.competitor, objection=plot.objection)
    return deal


def _pipeline(story: Story) -> Pipeline:
    pipeline: Pipeline = story.cast["pipeline"]
    return pipeline


def _workday(at: datetime) -> datetime:
    """The same time on the Friday before, when it falls on a weekend."""
    return at - timedelta(days=max(at.weekday() - 4, 0))


chapters.add(Chapter("pipeline", 20, tell_pipeline))
chapters.add(Chapter("deals", 50, tell_deals))
