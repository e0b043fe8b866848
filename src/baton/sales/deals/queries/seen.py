"""Which deals a person looks at: whose, of which pipeline, in which state, called what."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from baton.core.access.models import User
from baton.core.access.roles import Scope, is_bounded
from baton.core.access.visibility import of_teams
from baton.core.prepared import Kind, kinds
from baton.core.search.typed import Typed
from baton.records.people.models import Person
from baton.sales.deals.models import Deal, DealQuerySet, DealWords, Pipeline, Stage
from baton.sales.deals.permissions import VIEW_DEALS
from baton.sales.deals.rules import IDLE_AFTER_DAYS, StageKind, quarter_of


class Whose(StrEnum):
    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class View(StrEnum):
    """The ready-made views above the list."""

    OPEN = "open"
    CLOSING = "closing"
    NO_STEP = "no_step"
    IDLE = "idle"
    WON_NOW = "won_now"  # in this calendar month
    WON = "won"
    LOST = "lost"
    ALL = "all"  # whatever became of them


ASKS_BY = {View.CLOSING: "close_on", View.NO_STEP: "next_step"}  # fields that may be hidden
CYCLE_DAYS = 365
FUNNEL_DAYS = 90


class Moments(NamedTuple):
    """What deals are compared with, all of it worked out of one day in one zone."""

    today: date
    quarter_from: datetime
    quarter_until: datetime  # the begin of the next
    former_from: datetime  # the quarter before
    month_from: datetime
    next_month_on: date
    quiet_before: datetime
    cycle_since: datetime
    funnel_since: datetime


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What somebody asked to see. ``zone`` is the organisation's."""

    user: User
    at: datetime
    zone: ZoneInfo
    whose: Whose = Whose.ALL
    view: View = View.OPEN
    text: str = ""
    pipeline: Pipeline | None = None
    asked: Q = field(default_factory=Q)  # the conditions of a filter

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def begin_of(self, day: date) -> datetime:
        """Midnight of that day in the organisation's zone."""
        return datetime.combine(day, time(), tzinfo=self.zone)

    @cached_property
    def moments(self) -> Moments:
        start, end = quarter_of(self.today)
        first, following = month_of(self)
        return Moments(
            today=self.today,
            quarter_from=self.begin_of(start),
            quarter_until=self.begin_of(end),
            former_from=self.begin_of(quarter_of(start - timedelta(days=1))[0]),
            month_from=self.begin_of(first),
            next_month_on=following,
            quiet_before=self.begin_of(self.today - timedelta(days=IDLE_AFTER_DAYS - 1)),
            cycle_since=self.at - timedelta(days=CYCLE_DAYS),
            funnel_since=self.at - timedelta(days=FUNNEL_DAYS),
        )


def _apart(sight: Sight) -> tuple[Any, list[Any]]:
    looks, plain = kinds[User].apart(sight.user)
    pipeline = sight.pipeline.pk if sight.pipeline else None
    return (looks, sight.whose, sight.view, pipeline is None), [*plain, pipeline, *sight.moments]


def _together(looks: Any, marks: Any) -> Sight:
    """One that sees the same. It has no clock: a question asks for its ``moments``."""
    of_user, whose, view, is_of_all = looks
    *plain, pipeline = marks[: -len(Moments._fields)]
    sight = Sight(
        user=kinds[User].together(of_user, plain),
        at=cast(datetime, None),
        zone=cast(ZoneInfo, None),
        whose=whose,
        view=view,
        pipeline=None if is_of_all else Pipeline(pk=pipeline),
    )
    vars(sight)["moments"] = Moments(*marks[-len(Moments._fields) :])
    return sight


def _fits(sight: Sight) -> bool:
    """A filter's conditions, and words, are too many to keep a question for each."""
    asks_more = sight.whose is Whose.TEAM and not is_bounded(sight.user.role)
    return not (sight.text or sight.asked or asks_more)


kinds[Sight] = Kind(apart=_apart, together=_together, fits=_fits)


def whose_open_to(user: User) -> list[Whose]:
    """The choices that make a difference for this user, narrowest first. Who does not see whose a
    deal is asks for no team: what is found would say it."""
    scope = user.scope(VIEW_DEALS)
    if "owner" in user.limits("deal").hidden:
        return [Whose.MINE] if scope is Scope.OWN else [Whose.MINE, Whose.ALL]
    if scope is Scope.ALL:
        return [Whose.MINE, Whose.TEAM, Whose.ALL] if user.team_id else [Whose.MINE, Whose.ALL]
    return [Whose.MINE, Whose.TEAM] if scope is Scope.TEAM else [Whose.MINE]


def views_open_to(user: User) -> list[View]:
    """Those that do not tell what is hidden, by whom they show."""
    hidden = user.limits("deal").hidden
    return [view for view in View if ASKS_BY.get(view) not in hidden]


def deals_seen(sight: Sight) -> DealQuerySet:
    """The living deals that this user may see and asked for; any state."""
    deals = Deal.objects.living().visible_to(sight.user)
    if sight.whose is Whose.MINE:
        deals = deals.filter(owner=sight.user)
    elif sight.whose is Whose.TEAM:
        deals = deals.filter(Q(owner=sight.user) | Q(owner__among=of_teams(sight.user)))
    if sight.pipeline:
        # Not by a join: it would come first, and sort all deals of the pipeline.
        deals = deals.filter(stage__among=Stage.objects.filter(pipeline=sight.pipeline))
    deals = deals.filter(sight.asked)
    return called(deals, sight.text) if sight.text else deals


def called(deals: DealQuerySet, text: str | Typed) -> DealQuerySet:
    """Of which each word begins one of the name's, the company's or the person's."""
    meant = DealWords._base_manager.filter(words__begin=text)
    return deals.filter(pk__in=meant.values("pk"))


def narrowed(deals: DealQuerySet, sight: Sight) -> DealQuerySet:
    """Those of the sight's view."""
    return deals.filter(of_view(sight))


def of_view(sight: Sight) -> Q:
    """What the sight's view asks of a deal."""
    if sight.view is View.WON_NOW:
        return Q(state=StageKind.WON, closed_at__gte=sight.moments.month_from)
    if sight.view is View.WON or sight.view is View.LOST:
        return Q(state=sight.view)
    if sight.view is View.ALL:
        return Q()
    is_open = Q(state=StageKind.OPEN)
    if sight.view is View.CLOSING:
        return is_open & Q(close_on__lt=sight.moments.next_month_on)
    if sight.view is View.NO_STEP:
        return is_open & Q(next_step="")
    return is_open & without_news(sight) if sight.view is View.IDLE else is_open


def without_news(sight: Sight) -> Q:
    """Nothing happened with the deal or its person for so long; not of undated imports."""
    before = sight.moments.quiet_before
    # Asked of the few that are quiet themselves: a join would read the person of every deal.
    heard_of = Person.objects.filter(pk=OuterRef("person"), latest_touch_at__gte=before)
    return (
        (Q(touched_at=None) | Q(touched_at__lt=before))
        & (Q(touched_at__isnull=False) | Q(stage_at__isnull=False))
        & ~Q(Exists(heard_of))
    )


def closed_now(sight: Sight) -> Q:
    """Won or lost in the present quarter."""
    now = sight.moments
    return Q(closed_at__gte=now.quarter_from, closed_at__lt=now.quarter_until)


def month_of(sight: Sight) -> tuple[date, date]:
    """The first days of the present calendar month and of the next."""
    first = sight.today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)
