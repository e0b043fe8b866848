"""The closed loop: which marketing made which revenue, and what sales said."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

from baton.core.access.models import User
from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.queries.unanswered import unanswered_by_group
from baton.insight.analytics.rules import (
    MOVED_ON,
    PAIRS,
    STEPS,
    WIN,
    Reason,
    Row,
    added_up,
    money_of,
)
from baton.insight.lake.queries import rows_sealed
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS

COST_GROUPS = {"source": "channel", "campaign": "COALESCE(campaign, '')"}
# Moves in files from which on the lake answers sooner: among 100,000 people in a third of the time.
MANY = 50_000
COUNTED = (
    *("deals_opened", "deals_won", "purchases", "lost"),
    *("unknown_opened", "unknown_amounts", "unknown_purchases"),
)
# As steps.sql numbers them; 7 is the way from lead to customer.
STEP_OF = dict(enumerate((MOVED_ON, *STEPS)))
PAIR_OF = {number: f"{a}>{b}" for number, (a, b) in enumerate(PAIRS, start=2)} | {7: WIN}


@dataclass(frozen=True)
class Report:
    """Rows, most leads first, and the total; the days that throughput was counted over."""

    question: Question
    rows: list[Row]
    total: Row
    from_on: date | None
    to_on: date | None


@dataclass
class Whole:
    """What does not add up from the groups: medians over all, first and latest moment."""

    middles: dict[str, list[float]] = field(default_factory=dict)  # pair -> their sum and number
    first: list[datetime] = field(default_factory=list)  # lead of each group
    latest: list[datetime] = field(default_factory=list)  # move of each group

    def median(self, pair: str) -> float | None:
        days, count = self.middles.get(pair, (0, 0))
        return days / count if count else None


def closed_loop(question: Question) -> Report:
    """Leads to revenue by group; a constant number of queries."""
    if question.from_lake is None:
        question = replace(question, from_lake=rows_sealed("stage_changes") >= MANY)
    rows: dict[str, Row] = {}
    steps, money, reasons = question.all_answers("steps", "money", "reasons")
    whole = _take_steps(steps, rows)
    for found in money:
        _take_money(_row(rows, found["grp"]), found)
    for found in reasons:
        reason = Reason(found["reason"], found["kind"], found["times"])
        _row(rows, found["grp"]).reasons.append(reason)
    for group, told in unanswered_by_group(question).items():
        _take_unanswered(_row(rows, group), told)
    total = added_up(rows.values())
    total.median_days = {pair: whole.median(pair) for pair in whole.middles}
    from_on, to_on = _days(question, whole)
    if from_on and to_on:
        _add_costs(question, rows, total, from_on=from_on, to_on=to_on)
    for row in [total, *rows.values()]:
        row.days = (to_on - from_on).days + 1 if from_on and to_on else 0
        row.is_whole = question.sees_all
    _name(question, rows.values())
    ordered = sorted(rows.values(), key=lambda row: (-row.reached("lead"), -row.won, row.label))
    return Report(question, ordered, total, from_on, to_on)


def _take_steps(steps: Iterable[dict[str, Any]], rows: dict[str, Row]) -> Whole:
    whole = Whole()
    for found in steps:
        row = _row(rows, found["grp"])
        if found["people"]:
            _take_counts(row, found)
            if STEP_OF[found["rank"]] == "lead":
                whole.first.append(_moment(found["first_at"]))
            whole.latest.append(_moment(found["latest_at"]))
        else:
            pair = PAIR_OF[found["rank"]]
            row.median_days[pair] = None if found["days"] is None else float(found["days"])
            middle = whole.middles.setdefault(pair, [0.0, 0])
            middle[0] += float(found["whole_days"] or 0)
            middle[1] += found["whole_count"]
    return whole


def _take_counts(row: Row, found: dict[str, Any]) -> None:
    step = STEP_OF[found["rank"]]
    row.people[step] = found["people"]
    row.went_on[step] = int(found["went_on"])
    if found["inferred"]:
        row.inferred[step] = int(found["inferred"])
    row.negative_steps += int(found["negative"])
    row.negative_durations += int(found["negative_wins"])


def _row(rows: dict[str, Row], group: str) -> Row:
    return rows.setdefault(group, Row(group=group, label=group))


def _take_money(row: Row, found: dict[str, Any]) -> None:
    row.pipeline_created = money_of(found["pipeline_created"])
    row.revenue = money_of(found["revenue"])
    for name in COUNTED:
        setattr(row, name, int(found[name]))


def _take_unanswered(row: Row, told: Row) -> None:
    row.unanswered, row.unanswered_unknown = told.unanswered, told.unanswered_unknown
    row.spent_in_vain = told.spent_in_vain


def _moment(value: Any) -> datetime:
    """SQLite gives text for what a raw query computes."""
    return cast(datetime, parse_datetime(f"{value}+00:00") if isinstance(value, str) else value)


def _days(question: Question, whole: Whole) -> tuple[date | None, date | None]:
    """The period asked for; where it is open, from the first lead to the latest move."""
    first = _day(min(whole.first, default=None), question.zone)
    latest = _day(max(whole.latest, default=None), question.zone)
    return question.from_on or first, question.to_on or latest


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None


def _add_costs(
    question: Question, rows: dict[str, Row], total: Row, *, from_on: date, to_on: date
) -> None:
    """Unknown stays unknown: a group without any cost on record has none, not zero."""
    if question.user is not None and not question.user.may(VIEW_CAMPAIGNS):
        return
    group = COST_GROUPS.get(question.by, "'*'")
    period = {"from_on": from_on, "to_on": to_on}
    costs = question.asked("costs", values=period, fragments={"cost_group": group})
    known = [Decimal(str(found["cost"])) for found in costs if found["cost"] is not None]
    total.cost = money_of(sum(known)) if known else None
    total.unknown_costs = sum(int(found["unknown_amounts"]) for found in costs)
    for found in costs if question.by in COST_GROUPS else ():
        if found["grp"]:  # what belongs to no group stands in the total alone
            row = _row(rows, found["grp"])
            row.cost, row.unknown_costs = money_of(found["cost"]), int(found["unknown_amounts"])


def _name(question: Question, rows: Iterable[Row]) -> None:
    """Words for groups that are ids or codes; ``group_key`` names one in addresses."""
    rows = [row for row in rows if row.group]
    for row in rows:
        row.group_key = row.group
    if question.by == "rep":
        people = User.objects.in_bulk([int(row.group) for row in rows])
        for row in rows:
            owner = people[int(row.group)]
            row.label, row.group_key = owner.name, str(owner.key)
    elif question.by == "campaign":
        codes = Campaign.objects.living().filter(code__in=[row.group for row in rows])
        names = dict(codes.values_list("code", "name"))
        for row in rows:
            row.label = names.get(row.group, row.group)
