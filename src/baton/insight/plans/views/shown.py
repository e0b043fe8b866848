"""A plan's parts as lines: words, figures, and the ways to what is behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, money, unknown
from baton.insight.analytics.queries import period_words
from baton.insight.analytics.rules import Period
from baton.insight.goals.queries import Figure, Reading, written
from baton.insight.goals.rules import Span
from baton.insight.plans.models import Plan
from baton.insight.plans.queries import (
    Capacity,
    Check,
    budget_of,
    capacity_of,
    checks_of,
    launches_of,
    targets_of,
)
from baton.insight.plans.words import ASSUMED, measured_words, value_words
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.qualification.handoff.rules import Side, sides_of

FULL = 100


@dataclass(frozen=True)
class Cell:
    words: str
    url: str = ""


def span_words(span: Span) -> str:
    return period_words(Period(span.first, span.last))


def counted_url(figure: str, span: Span) -> str:
    asked = {"figure": figure, "from": span.first, "until": span.last}
    return f"{reverse('goals:counted')}?{urlencode(asked)}"


def shown(plan: Plan, *, quarter: Span, user: User, today: date) -> dict[str, Any]:
    """All parts of a plan, as the page and others draw them."""
    parts = said(plan, quarter=quarter, user=user, today=today)
    for read in COUNTED.values():
        parts |= read(plan, quarter, today)
    return parts


def said(plan: Plan, *, quarter: Span, user: User, today: date) -> dict[str, Any]:
    """What is read of the plan and of costs alone."""
    terms = plan.said()
    return {
        "terms": terms,
        "budget": _budget(plan, quarter, today) if user.may(VIEW_CAMPAIGNS) else None,
        "launches": launches_of(terms.launches, today=today),
        "signs": signs_of(plan, role=user.role),
    }


def _capacity(plan: Plan, quarter: Span, today: date) -> dict[str, Any]:
    found = capacity_of(plan.said().mqls, quarter=quarter, today=today)
    return {"capacity": found, "capacity_lines": capacity_lines(found)}


def _checks(plan: Plan, quarter: Span, today: date) -> dict[str, Any]:
    found = checks_of(plan.said().assumptions, quarter=quarter, today=today)
    return {"checks": [check_line(one) for one in found]}


def _targets(plan: Plan, quarter: Span, today: date) -> dict[str, Any]:
    lines = targets_of(plan.said().targets, quarter=quarter, today=today)
    targets = {
        "head": [span_words(span) for span, _reading in lines[0].before] if lines else [],
        "rows": [
            {
                "label": line.figure.label,
                "target": written(line.figure, line.target),
                "now": _reading(line.figure, line.now, quarter.until(today)),
                "before": [_reading(line.figure, one, span) for span, one in line.before],
                "goal": _goal(line.figure, line.goal) if line.is_other else "",
            }
            for line in lines
        ],
    }
    return {"targets": targets}


def _goal(figure: Figure, goal: Decimal | None) -> str:
    if goal is None:
        return _("the goal is gone")
    return _("the goal says %(goal)s by now") % {"goal": written(figure, goal)}


def _reading(figure: Figure, found: Reading | None, span: Span | None) -> Cell:
    if found is None or span is None:
        return Cell(_("not begun"))
    is_counted = bool(figure.parts) and bool(found.of)
    return Cell(written(figure, found.value), counted_url(figure.name, span) if is_counted else "")


def _budget(plan: Plan, quarter: Span, today: date) -> dict[str, Any]:
    currency = organisation().base_currency
    lines = budget_of(plan.said().budget, quarter=quarter, today=today)
    costs = reverse("campaigns:costs")
    return {
        "rows": [
            {
                "name": line.name,
                "amount": money(line.amount, currency),
                "spent": money(line.spent, currency) if line.spent is not None else unknown(),
                "percent": _percent(line.spent, line.amount),
                "is_over": line.spent is not None and line.spent > line.amount,
                "url": line.url or costs,
            }
            for line in lines
        ],
        "total": money(sum((line.amount for line in lines), Decimal(0)), currency),
    }


def _percent(spent: Decimal | None, amount: Decimal) -> int:
    """Of a bar, which ends where the budget does."""
    return min(FULL, round(spent / amount * FULL)) if spent and amount else 0


def capacity_lines(found: Capacity) -> list[tuple[str, Cell]]:
    """From what is planned to what can be worked, each step in words."""
    each = _("%(n)s a working day")
    planned = each % {"n": grouped(found.planned, decimals=1)} if found.planned else unknown()
    handed = each % {"n": grouped(found.handed, decimals=1)} if found.handed is not None else ""
    cap = each % {"n": grouped(found.cap)} if found.cap is not None else unknown()
    tries = grouped(found.attempts, decimals=1) if found.attempts else unknown()
    return [
        (_("MQLs planned"), Cell(planned)),
        (
            _("Handed over in the latest 60 working days"),
            Cell(handed or unknown(), counted_url("mqls", found.measured) if handed else ""),
        ),
        (_("That the caps of %(n)s reps allow") % {"n": found.reps}, Cell(cap)),
        (_("Attempts that a lead took until it answered"), Cell(tries)),
        (
            _("Waiting for an answer now"),
            Cell(grouped(found.unanswered), reverse("handoff:open") if found.unanswered else ""),
        ),
    ]


def check_line(check: Check) -> dict[str, Any]:
    figure = "won" if check.name == "average_deal" else check.name.value
    return {
        "label": ASSUMED[check.name],
        "value": value_words(check.name, check.value) if check.value is not None else "",
        "usual": measured_words(check.name, check.usual),
        "now": measured_words(check.name, check.now),
        "url": counted_url(figure, check.days) if check.now and check.days else "",
        "is_off": check.is_off,
        "is_known": check.now is not None,
    }


def signs_of(plan: Plan, *, role: str) -> list[tuple[str, str]]:
    """The sides for which the user may sign now."""
    names = {Side.MARKETING: _("Sign for marketing"), Side.SALES: _("Sign for sales")}
    signed = plan.signed_sides()
    return [(side.value, names[side]) for side in sides_of(role) if side not in signed]


# Parts that go through all that happened in a quarter, or in a year; each can be asked by itself.
COUNTED: Mapping[str, Callable[[Plan, Span, date], dict[str, Any]]] = {
    "targets": _targets,
    "checks": _checks,
    "capacity": _capacity,
}
