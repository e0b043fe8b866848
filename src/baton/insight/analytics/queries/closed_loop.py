"""The closed loop: which marketing made which revenue, and what sales said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

from baton.core.access.models import User
from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.queries.running import run
from baton.insight.analytics.rules import CENT, Reason, Row
from baton.marketing.campaigns.models import Campaign

COST_GROUPS = {"source": "channel", "campaign": "COALESCE(campaign, '')"}


@dataclass(frozen=True)
class Report:
    """Rows, most leads first, and the total; the days that throughput was counted over."""

    question: Question
    rows: list[Row]
    total: Row
    from_on: date | None
    to_on: date | None


def closed_loop(question: Question) -> Report:
    """Leads to revenue by group; a constant number of queries."""
    total = _ask(question, is_whole=True).get("*") or Row(group="*", label="")
    rows = _ask(question, is_whole=False)
    first, latest = _add_throughput(question, {"*": total}, is_whole=True)
    _add_throughput(question, rows, is_whole=False)
    from_on, to_on = question.from_on or first, question.to_on or latest
    if from_on and to_on:
        for row in [total, *rows.values()]:
            row.days = (to_on - from_on).days + 1
        _add_costs(question, rows, total, from_on=from_on, to_on=to_on)
    _name(question, rows.values())
    ordered = sorted(rows.values(), key=lambda row: (-row.reached("lead"), -row.won, row.label))
    return Report(question, ordered, total, from_on, to_on)


def _ask(question: Question, *, is_whole: bool) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for name, take in (
        ("counts", _take_count),
        ("durations", _take_duration),
        ("money", _take_money),
        ("reasons", _take_reason),
    ):
        for found in _run(name, question, is_whole=is_whole):
            take(_row(rows, found["grp"]), found)
    return rows


def _run(name: str, question: Question, *, is_whole: bool) -> list[dict[str, Any]]:
    return run(
        name,
        values=question.values(),
        fragments=question.fragments(is_whole=is_whole),
        visible=question.visible(),
    )


def _row(rows: dict[str, Row], group: Any) -> Row:
    key = "" if group is None else str(group)
    return rows.setdefault(key, Row(group=key, label=key))


def _take_count(row: Row, found: dict[str, Any]) -> None:
    row.people[found["step"]] = found["people"]
    if found["inferred"]:
        row.inferred[found["step"]] = int(found["inferred"])


def _take_duration(row: Row, found: dict[str, Any]) -> None:
    days = found["days"]
    pair = f"{found['start_step']}>{found['end_step']}"
    row.median_days[pair] = None if days is None else float(days)
    if pair == "lead>customer":
        row.negative_durations = found["negative"]


def _take_money(row: Row, found: dict[str, Any]) -> None:
    row.pipeline_created = _money(found["pipeline_created"])
    row.revenue = _money(found["revenue"])
    row.deals_opened, row.deals_won = int(found["deals_opened"]), int(found["deals_won"])
    row.unknown_amounts, row.lost = int(found["unknown_amounts"]), int(found["lost"])


def _take_reason(row: Row, found: dict[str, Any]) -> None:
    row.reasons.append(Reason(found["reason"], found["kind"], found["times"]))


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(CENT)


def _add_throughput(
    question: Question, rows: dict[str, Row], *, is_whole: bool
) -> tuple[date | None, date | None]:
    """Sets who left the lead stage; returns the first day of a lead and the last of any move."""
    first = latest = None
    for found in _run("left_lead", question, is_whole=is_whole):
        key = "" if found["grp"] is None else str(found["grp"])
        if key in rows:
            rows[key].left_lead = int(found["people"])
        first, latest = found["first_lead_at"], found["latest_at"]
    return _day(first, question.zone), _day(latest, question.zone)


def _day(moment: Any, zone: ZoneInfo) -> date | None:
    """SQLite gives text for what a raw query computes."""
    if isinstance(moment, str):
        moment = parse_datetime(f"{moment}+00:00")
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else None


def _add_costs(
    question: Question, rows: dict[str, Row], total: Row, *, from_on: date, to_on: date
) -> None:
    """Unknown stays unknown: a group without any cost on record has none, not zero."""
    if question.user is not None and not question.user.may("campaigns.view"):
        return
    period = {"from_on": from_on, "to_on": to_on}
    for found in run("costs", values=period, fragments={"cost_group": "'*'"}):
        total.cost, total.unknown_costs = _money(found["cost"]), int(found["unknown_amounts"])
    if question.by not in COST_GROUPS:
        return
    group = COST_GROUPS[question.by]
    for found in run("costs", values=period, fragments={"cost_group": group}):
        key = found["grp"] or ""
        if key or key in rows:
            row = _row(rows, key)
            row.cost, row.unknown_costs = _money(found["cost"]), int(found["unknown_amounts"])


def _name(question: Question, rows: Iterable[Row]) -> None:
    """Words for groups that are ids or codes."""
    rows = [row for row in rows if row.group]
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
