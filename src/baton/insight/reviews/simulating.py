"""A year in which something goes wrong, and in which week's review it stood.

What is planted is drawn by the seed: one campaign's leads turn bad, one rep becomes slow. Whether
that is seen is not decided here: the agenda is asked as heads of sales and marketing read it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.demo.actions import tell_year
from baton.core.demo.queries import demo_is_here
from baton.core.demo.rules import USUAL, Stream
from baton.core.demo.slots import Year
from baton.core.errors import RuleViolation
from baton.core.settings.queries import one_organisation, organisation_zone
from baton.insight.reviews.queries import agenda_of, week_of
from baton.insight.reviews.rules import WEEK, Item, Section, monday_of
from baton.records.people.models import Person

BACK = (5, 20)  # weeks before the end in which it begins
BEFORE, AFTER = 60, 14  # days in which the campaign has run by then, and runs on
# From then on it is shown to everybody, and leads strangers to where one asks for a demo.
ASKS, WEIGHT, BAD, LONG = "/p/demo/", 5.0, 0.06, 56
CLOCKS, QUALITY = 1, 2  # sections of the agenda
ENDS = time(17)  # on Friday the week is looked at
LOOKED = 6  # weeks, after which nobody looks any more


class NotEmpty(RuleViolation):
    """Somebody works here: an invented slump has no place among their figures."""


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What goes wrong, from the start of that Monday on."""

    monday: date
    campaign: str
    rep: User


@dataclass(frozen=True, kw_only=True)
class Seen:
    """``week``: the Monday of the first review in whose agenda it stands; None: in none."""

    what: str  # campaign, rep
    name: str
    since: date
    week: date | None
    words: str

    @property
    def is_at_once(self) -> bool:
        return self.week == self.since


def simulate(
    *, at: datetime, people: int, seed: int, told: Callable[[int], None] = lambda count: None
) -> list[Seen]:
    """Tell the year into this installation, then read its reviews. Raises AlreadyTold, NotEmpty."""
    if Person.objects.exists() and not demo_is_here():
        raise NotEmpty("There are people here already. Simulate in an empty installation.")
    planted: list[Planted] = []
    dice = Random(seed)  # noqa: S311 -- dice of a story, not a secret
    tell_year(
        at=at,
        people=people,
        seed=seed,
        told=told,
        bending=lambda year: planted.append(_plant(year, dice=dice)),
    )
    return _read(planted[0])


def _plant(year: Year, *, dice: Random) -> Planted:
    """In a week in which the campaign runs and the rep works."""
    monday = dice.choice([*_whole_weeks(year)])
    since = year.calendar.moment(monday, hour=0)
    ago = year.calendar.days_ago(since)
    streams: list[Stream] = year.cast["streams"]
    bad = dice.choice([one for one in streams if _runs(one, ago)])
    rep = dice.choice([one for one in year.cast["reps"][:3] if _is_there(year, one, since)])
    streams.append(_broad(bad, ago, people=year.story.people))
    year.cast["slow"] = {rep.pk: since}
    return Planted(monday=monday, campaign=bad.campaign, rep=rep)


def _whole_weeks(year: Year) -> Iterator[date]:
    """Mondays of weeks without a holiday."""
    last = monday_of(year.at.astimezone(year.calendar.zone).date())
    for back in range(*BACK):
        monday = last - WEEK * back
        if all(year.calendar.is_working(monday + timedelta(days=day)) for day in range(5)):
            yield monday


def _runs(stream: Stream, ago: float) -> bool:
    """Before and after, and sales likes its leads until then; letters bring nobody new."""
    is_long = stream.from_day >= ago + BEFORE and stream.to_day <= ago - AFTER
    is_new = bool(stream.campaign) and stream.channel != "email"
    return is_long and is_new and min(stream.warmth) > 0.5


def _broad(stream: Stream, ago: float, *, people: int) -> Stream:
    """So many more come by it, in a small year too, and so few of them are taken on."""
    ends = max(ago - LONG, 0)
    told = replace(stream, landing_page=ASKS, said="An advertisement", from_day=ago, to_day=ends)
    return replace(told, weight=WEIGHT * max(1, USUAL / people), warmth=(BAD, BAD))


def _is_there(year: Year, rep: User, since: datetime) -> bool:
    away = year.cast.get("leave", {}).get(rep.pk, ())
    return not any(start < since + 2 * WEEK and end > since - WEEK for start, end in away)


def _read(planted: Planted) -> list[Seen]:
    """The agendas of the weeks from then on, each as of its Friday."""
    reader = User.objects.filter(role__in=(Role.ADMIN, Role.OWNER)).order_by("pk")[0]
    with one_organisation():
        agendas = [
            (monday, _agenda(monday, user=reader))
            for monday in (planted.monday + WEEK * number for number in range(LOOKED))
        ]
    campaign = ("campaign", planted.campaign, _campaign_line)
    rep = ("rep", planted.rep.name, _rep_line)
    return [
        _first(agendas, what=what, name=name, line=line, since=planted.monday)
        for what, name, line in (campaign, rep)
    ]


def _agenda(monday: date, *, user: User) -> list[Section]:
    friday = monday + timedelta(days=4)
    at = datetime.combine(friday, ENDS, tzinfo=organisation_zone())
    return agenda_of(week_of(monday), user=user, at=at, today=friday)


def _first(
    agendas: list[tuple[date, list[Section]]],
    *,
    what: str,
    name: str,
    line: Callable[[list[Section], str], str],
    since: date,
) -> Seen:
    for monday, agenda in agendas:
        if words := line(agenda, name):
            return Seen(what=what, name=name, since=since, week=monday, words=words)
    return Seen(what=what, name=name, since=since, week=None, words="")


def _campaign_line(agenda: list[Section], code: str) -> str:
    """The line that says of it: worse than its own past."""
    lines: list[Item] = [one for one in agenda[QUALITY].lines if one.hue]
    asked = {"campaign": [code]}
    found = (one for one in lines if asked.items() <= parse_qs(urlsplit(one.url).query).items())
    return next((f"{one.words}: {one.value}" for one in found), "")


def _rep_line(agenda: list[Section], name: str) -> str:
    rows = [words for one in agenda[CLOCKS].lines for words, _url in one.rows]
    return next((words for words in rows if words.startswith(name)), "")
