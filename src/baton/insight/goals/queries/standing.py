"""How a goal stands: its value, what is due by now, and what it will come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Q

from baton.core.access.models import Team, User
from baton.core.access.queries import grown
from baton.core.calendars.queries import hours_of
from baton.core.worktime.rules import BusinessHours
from baton.insight.goals.models import Goal
from baton.insight.goals.queries.figures import FIGURES, QUOTA, Figure, Kind
from baton.insight.goals.queries.ledger import Ledger, Owners, Sums, moment_of
from baton.insight.goals.queries.readings import Reading, not_begun, reading_of
from baton.insight.goals.rules import (
    Forecast,
    OpenDeal,
    Pace,
    Rate,
    Season,
    Span,
    State,
    folded,
    foretell,
    pace_of,
    rate_of,
    season_of,
    state_of,
    working_days,
)
from baton.sales.deals.models import Deal

DAY = timedelta(days=1)
LATEST = 60  # working days that a rate is taken of
LOOKED_BACK = timedelta(days=100)  # in which those lie
YEAR = timedelta(days=364)  # the same weekday a year before
LEAST_WINS = 5  # below, no usual time from opening to winning is told


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a forecast is reckoned from, so that it can be told."""

    rate: Rate | None = None
    season: Season = field(default_factory=Season)
    cycle_days: float | None = None
    deals: int = 0
    overdue: int = 0
    latest: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Pipeline coverage: open amount closing in the period / what is missing to the quota."""

    open_amount: Decimal
    missing: Decimal

    @property
    def times(self) -> Decimal | None:
        return self.open_amount / self.missing if self.missing > 0 else None


@dataclass(frozen=True, kw_only=True)
class Standing:
    goal: Goal
    figure: Figure
    reading: Reading
    pace: Pace
    state: State
    today: date
    forecast: Forecast | None = None
    basis: Basis = field(default_factory=Basis)
    coverage: Coverage | None = None
    owners: Owners = None

    @property
    def is_over(self) -> bool:
        return self.goal.ends_on < self.today


def standings_of(goals: Iterable[Goal], *, today: date, foretells: bool = True) -> list[Standing]:
    """In their order; queries by figure and period, not by goal."""
    known = [goal for goal in goals if goal.figure in FIGURES]
    if not known:
        return []
    return Reckoner(known, today=today, foretells=foretells).all()


class Reckoner:
    """What the goals of a page share: days, teams, open deals."""

    def __init__(self, goals: Sequence[Goal], *, today: date, foretells: bool) -> None:
        self.goals, self.today, self.foretells = goals, today, foretells
        first = min(goal.starts_on for goal in goals)
        begin = min(first, today - LOOKED_BACK)
        self.ledger = Ledger(Span(begin - YEAR if foretells else first, today))
        self.hours: BusinessHours = hours_of(None)
        self.team_owners = _members(goals)
        self._latest = self._window()
        self._deals = _open_deals(goals, today=today) if foretells else []
        self._cycles: list[float | None] = []

    def all(self) -> list[Standing]:
        return [self._standing(goal) for goal in self.goals]

    def _window(self) -> Span:
        """The latest working days before today."""
        days = working_days(Span(self.today - LOOKED_BACK, self.today - DAY), self.hours)[-LATEST:]
        return Span(days[0] if days else self.today - DAY, self.today - DAY)

    def owners_of(self, goal: Goal) -> Owners:
        if goal.rep_id:
            return frozenset([goal.rep_id])
        return self.team_owners[goal.team_id] if goal.team_id else None

    def _standing(self, goal: Goal) -> Standing:
        figure, owners = FIGURES[goal.figure], self.owners_of(goal)
        so_far = goal.span.until(self.today)
        is_over = goal.ends_on < self.today
        reading = not_begun(figure)
        if so_far:
            reading = reading_of(figure, so_far, owners, ledger=self.ledger)
        all_days = working_days(goal.span, self.hours)
        done = sum(day <= self.today for day in all_days)
        pace = pace_of(goal.target, days_done=done, days_all=len(all_days), adds_up=figure.adds_up)
        state = state_of(
            reading.value,
            pace=pace,
            is_over=is_over,
            less_is_better=figure.less_is_better,
            adds_up=figure.adds_up,
        )
        found = Standing(
            goal=goal,
            figure=figure,
            reading=reading,
            pace=pace,
            state=state if so_far else State.COMING,
            today=self.today,
            owners=owners,
        )
        if is_over or not self.foretells or not figure.adds_up or reading.value is None:
            return found
        return self._foretold(found, left=[day for day in all_days if day > self.today])

    def _foretold(self, found: Standing, *, left: list[date]) -> Standing:
        goal, figure, owners = found.goal, found.figure, found.owners
        rate, season = self._rate(figure, owners), Season()
        if left:
            season = self._season(figure, owners, left)
        deals = self._closing(goal, owners) if figure.wins else []
        cycle = self._cycle() if figure.wins else None
        forecast = foretell(
            done=float(found.reading.value or 0),
            rate=rate,
            season=season,
            days_left=len(left),
            deals=[_open(deal) for deal in deals if deal.base_amount is not None],
            cycle_days=cycle,
            target=float(goal.target),
        )
        overdue = sum(self._is_overdue(deal, owners) for deal in self._deals) if deals else 0
        basis = Basis(
            rate=rate,
            season=season,
            cycle_days=cycle,
            deals=len(deals) if cycle is not None else 0,
            overdue=overdue,
            latest=self._latest,
        )
        coverage = _coverage(found, deals) if figure.name == QUOTA else None
        return replace(found, forecast=forecast, basis=basis, coverage=coverage)

    def _rate(self, figure: Figure, owners: Owners) -> Rate | None:
        return rate_of(self._daily(figure, owners, self._latest)[0])

    def _daily(self, figure: Figure, owners: Owners, span: Span) -> tuple[list[float], int]:
        """By working day, and how many rows there were; days before anything was known do not
        count."""
        first = self._known_since(figure, owners)
        if first is None or first > span.last:
            return [], 0
        span = Span(max(first, span.first), span.last)
        found = self.ledger.days(figure, span, owners)
        totals = {day: _plain(figure, sums) for day, sums in found.items()}
        count = sum(sums.count for sums in found.values())
        return folded(totals, working_days(span, self.hours)), count

    def _known_since(self, figure: Figure, owners: Owners) -> date | None:
        return min(self.ledger.days(figure, self.ledger.span, owners), default=None)

    def _season(self, figure: Figure, owners: Owners, left: list[date]) -> Season:
        then = Span(left[0] - YEAR, left[-1] - YEAR)
        before = Span(self._latest.first - YEAR, self._latest.last - YEAR)
        first = self._known_since(figure, owners)
        if first is None or first > before.first:
            return Season()
        following, events = self._daily(figure, owners, then)
        earlier, others = self._daily(figure, owners, before)
        return season_of(then=following, before=earlier, events=(events, others))

    def _closing(self, goal: Goal, owners: Owners) -> list[Deal]:
        """Open deals that are to close on the days that are left, overdue ones aside."""
        return [
            deal
            for deal in self._deals
            if deal.close_on is not None
            and self.today <= deal.close_on <= goal.ends_on
            and (owners is None or deal.owner_id in owners)
        ]

    def _is_overdue(self, deal: Deal, owners: Owners) -> bool:
        is_theirs = owners is None or deal.owner_id in owners
        return is_theirs and deal.close_on is not None and deal.close_on < self.today

    def _cycle(self) -> float | None:
        """The company's usual working days from opening to winning: a rep has won too few."""
        if not self._cycles:
            self._cycles.append(_usual_cycle(self.today))
        return self._cycles[0]


def owners_of(goal: Goal) -> Owners:
    """Whose records count for it; None: everybody's."""
    if goal.rep_id:
        return frozenset([goal.rep_id])
    return _members([goal])[goal.team_id] if goal.team_id else None


def _members(goals: Sequence[Goal]) -> Mapping[int | None, frozenset[int]]:
    """Who is in each of the teams now, and in those within them; two queries."""
    wanted = {goal.team_id for goal in goals if goal.team_id}
    if not wanted:
        return {}
    lying = list(Team.objects.filter(deleted_at=None).values_list("pk", "parent"))
    users = list(User.objects.exclude(team=None).values_list("pk", "team"))
    found: dict[int | None, frozenset[int]] = {}
    for team in wanted:
        within = grown({team}, lying=lying)
        found[team] = frozenset(pk for pk, of in users if of in within)
    return found


def _open_deals(goals: Sequence[Goal], *, today: date) -> list[Deal]:
    """All that may still count for one of the goals, and those overdue."""
    if not any(FIGURES[goal.figure].wins and goal.ends_on >= today for goal in goals):
        return []
    until = max(goal.ends_on for goal in goals)
    deals = Deal.objects.open().filter(close_on__lte=until).select_related("stage")
    return list(
        deals.only("owner_id", "close_on", "base_amount", "stage__probability").order_by("pk")
    )


def _usual_cycle(today: date) -> float | None:
    """Median of last year's wins, as working days of a usual week."""
    won = Deal.objects.living().filter(
        Q(opened_at__isnull=False), state="won", closed_at__gte=moment_of(today - YEAR)
    )
    spans = won.order_by("-closed_at").values_list("opened_at", "closed_at")[:500]
    days = [(end - begun) / DAY for begun, end in spans if begun and end and end >= begun]
    return median(days) * 5 / 7 if len(days) >= LEAST_WINS else None


def _coverage(found: Standing, deals: Sequence[Deal]) -> Coverage:
    known = (deal.base_amount for deal in deals if deal.base_amount is not None)
    missing = found.goal.target - (found.reading.value or 0)
    return Coverage(open_amount=sum(known, Decimal(0)), missing=max(missing, Decimal(0)))


def _open(deal: Deal) -> OpenDeal:
    return OpenDeal(float(deal.base_amount or 0), deal.stage.probability / 100)


def _plain(figure: Figure, sums: Sums) -> float:
    return float(sums.amount) if figure.kind is Kind.MONEY else float(sums.count)
