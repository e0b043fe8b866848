"""Fennmark's plan of the quarter, signed by both heads, and a draft of the next one."""

from datetime import date, timedelta
from decimal import Decimal

from baton.core.access.models import User
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.rules import months_on
from baton.insight.plans.actions import draft_plan, sign_plan
from baton.insight.plans.queries import checks_of, quarter_of, targets_from_goals
from baton.insight.plans.rules import Assumed, Budget, Launch, Terms
from baton.qualification.handoff.rules import Side

# Beside what the year before measured; the second is too bold, and the review says so.
HOPED = {
    Assumed.LEAD_TO_MQL: Decimal("1"),
    Assumed.MQL_TO_SQL: Decimal("1.6"),
    Assumed.SQL_TO_CUSTOMER: Decimal("1"),
    Assumed.AVERAGE_DEAL: Decimal("1"),
    Assumed.COST_PER_MQL: Decimal("0.9"),
}
BUDGET = (("paid_search", 6000), ("email", 900), ("event", 4000), ("social", 1500))
LAUNCHES = (
    (20, "Guide to meters, second edition", "mara"),
    (45, "Webinar with two customers", "ines"),
    (60, "Call scripts for plants below 50 people", "ravi"),
)


def tell_plans(story: Story) -> None:
    """Written as the quarter began; the heads signed a day later."""
    users: dict[str, User] = story.cast["users"]
    today: date = story.at.astimezone(organisation_zone()).date()
    at = story.at - timedelta(days=58)
    for first in (quarter_of(today).first, months_on(quarter_of(today).first, 3)):
        plan = draft_plan(day=first, terms=_terms(first, today, users), by=users["ines"], at=at)
        story.keep(plan)
        if first <= today:
            for side, name in ((Side.MARKETING, "ines"), (Side.SALES, "nora")):
                sign_plan(plan=plan, side=side, by=users[name], at=at + timedelta(days=1))


def _terms(first: date, today: date, users: dict[str, User]) -> Terms:
    quarter = quarter_of(first)
    targets = targets_from_goals(quarter)
    goals = {one.figure: one.target for one in targets}
    checks = checks_of({}, quarter=quarter, today=today)
    return Terms(
        targets=targets,
        budget=tuple(Budget(channel=name, amount=Decimal(sum_)) for name, sum_ in BUDGET),
        launches=tuple(
            Launch(what=what, on=first + timedelta(days=days), owner=str(users[name].key))
            for days, what, name in LAUNCHES
        ),
        assumptions={
            one.name.value: _rounded(one.name, one.usual.value * HOPED[one.name])
            for one in checks
            if one.usual and one.usual.value
        },
        mqls=int(goals["mqls"]) if "mqls" in goals else 120,
        note="Fewer leads, better ones: what sales said about the webinar counts.",
    )


def _rounded(name: Assumed, value: Decimal) -> Decimal:
    if name in {Assumed.AVERAGE_DEAL, Assumed.COST_PER_MQL}:
        return max(round(value, 0), Decimal(1))
    return min(max(round(value, 2), Decimal("0.01")), Decimal(1))


chapters.add(Chapter("plans", 64, tell_plans))
