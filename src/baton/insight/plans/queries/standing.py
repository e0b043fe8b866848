"""A quarter's plan beside what there is: targets, money spent, launches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.limits import hidden
from baton.insight.analytics.queries.day import cost_between
from baton.insight.analytics.rules import months_on
from baton.insight.goals.models import OF_AMOUNTS, Goal
from baton.insight.goals.queries import FIGURES, Figure, Ledger, Reading, reading_of
from baton.insight.goals.rules import Span, Unit, span_of
from baton.insight.plans.models import Plan
from baton.insight.plans.rules import Budget, Launch, Target
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.queries import CHANNELS

BEFORE = 2  # quarters beside a target
OF_CHANNEL = "channel"
OF_CAMPAIGN = "campaign"


def quarter_of(day: date) -> Span:
    return span_of(Unit.QUARTER, day)


def plan_in_force(quarter: Span) -> Plan | None:
    """The latest edition of that quarter that both have signed."""
    signed = Plan.objects.signed().filter(starts_on=quarter.first)
    named = signed.select_related("signed_for_marketing_by", "signed_for_sales_by")
    return named.order_by("-edition").first()


def targets_from_goals(quarter: Span) -> tuple[Target, ...]:
    """The company's goals of these days, as they stand."""
    rows = Goal.objects.living().on(quarter).filter(team=None, rep=None)
    found = {goal.figure: goal.target for goal in rows if goal.figure in FIGURES}
    return tuple(Target(figure=name, target=found[name]) for name in FIGURES if name in found)


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """``before``: the quarters before, the earlier first; ``goal``: what the goal says by now."""

    figure: Figure
    target: Decimal
    now: Reading | None
    before: list[tuple[Span, Reading]]
    goal: Decimal | None

    @property
    def is_other(self) -> bool:
        return self.goal != self.target


def targets_of(targets: Iterable[Target], *, quarter: Span, today: date) -> list[TargetLine]:
    """Queries by figure."""
    past = [
        span_of(Unit.QUARTER, months_on(quarter.first, -3 * back)) for back in range(BEFORE, 0, -1)
    ]
    ledger, is_untold = Ledger(Span(past[0].first, max(today, past[0].first))), _is_untold()
    goals = {one.figure: one.target for one in targets_from_goals(quarter)}

    def read(figure: Figure, span: Span) -> Reading | None:
        so_far = span.until(today)
        return reading_of(figure, so_far, None, ledger=ledger) if so_far else None

    return [
        TargetLine(
            figure=FIGURES[one.figure],
            target=one.target,
            now=read(FIGURES[one.figure], quarter),
            before=[(span, found) for span in past if (found := read(FIGURES[one.figure], span))],
            goal=goals.get(one.figure),
        )
        for one in targets
        if one.figure in FIGURES and not (is_untold and one.figure in OF_AMOUNTS)
    ]


def _is_untold() -> bool:
    """Whether what deals are worth is hidden from whoever reads."""
    return "amount" in hidden("deal")


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """``spent`` None: no cost of these days is known. ``url``: where it can be looked at."""

    name: str
    amount: Decimal
    spent: Decimal | None
    url: str = ""


def budget_of(budget: Sequence[Budget], *, quarter: Span, today: date) -> list[BudgetLine]:
    """What was spent by today, as reports spread costs over their days; three queries."""
    so_far = quarter.until(today)
    by_channel = _spent(so_far, OF_CHANNEL)
    by_campaign = _spent(so_far, OF_CAMPAIGN)
    keys = [one.campaign for one in budget if one.campaign]
    campaigns = {str(one.key): one for one in Campaign.objects.filter(key__in=keys)}
    return [
        _line(one, campaigns.get(one.campaign), by_channel=by_channel, by_campaign=by_campaign)
        for one in budget
    ]


def _line(
    one: Budget,
    campaign: Campaign | None,
    *,
    by_channel: Mapping[str, Decimal],
    by_campaign: Mapping[str, Decimal],
) -> BudgetLine:
    if campaign:
        return BudgetLine(
            name=campaign.name,
            amount=one.amount,
            spent=by_campaign.get(campaign.code),
            url=campaign.get_absolute_url(),
        )
    if one.campaign:  # what was signed stays in the sum
        return BudgetLine(name=_("A campaign that is gone"), amount=one.amount, spent=None)
    name = str(CHANNELS.get(one.channel, one.channel))
    return BudgetLine(name=name, amount=one.amount, spent=by_channel.get(one.channel))


def _spent(span: Span | None, group: str) -> dict[str, Decimal]:
    return cost_between(span.first, span.last, group=group) if span else {}


@dataclass(frozen=True, kw_only=True)
class LaunchLine:
    launch: Launch
    owner: User | None
    is_past: bool


def launches_of(launches: Iterable[Launch], *, today: date) -> list[LaunchLine]:
    """By day; one query."""
    ordered = sorted(launches, key=lambda one: (one.on, one.what))
    keys = {one.owner for one in ordered if one.owner}
    users = {str(user.key): user for user in User.objects.filter(key__in=keys)}
    return [
        LaunchLine(launch=one, owner=users.get(one.owner), is_past=one.on < today)
        for one in ordered
    ]
