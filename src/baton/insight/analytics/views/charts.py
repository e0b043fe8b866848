"""The charts of the reports, each with its finding and with links to the people it counts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.ui import charts
from baton.core.ui.formats import grouped, money, percent
from baton.insight.analytics.queries import PipelineReport, Report
from baton.insight.analytics.queries.drill import STEPS
from baton.insight.analytics.rules import MOVED_ON, PAIRS, Basis, PipelineRow, Row, change
from baton.insight.analytics.views import sentences
from baton.insight.analytics.words import group_label, reason_label, step_label

BARS = 8
FUNNEL = tuple((column, step) for column, step in STEPS.items() if step != MOVED_ON)
Behind = Callable[..., str]


def funnel(report: Report, behind: Behind, *, before: Row | None = None) -> charts.FunnelChart:
    """Six steps; between them who went on, how long it took, and who stayed."""
    total, is_cohort = report.total, report.question.basis is Basis.COHORT
    return charts.funnel(
        [_step(column, step, total, behind=behind, before=before) for column, step in FUNNEL],
        before=[before.reached(step) for _column, step in FUNNEL] if before else (),
        sentence=sentences.of_funnel(total, before, is_cohort=is_cohort),
    )


def _step(
    column: str, step: str, total: Row, *, behind: Behind, before: Row | None
) -> charts.FunnelStep:
    count = total.reached(step)
    moved = change(count, before=before.reached(step)) if before else None
    start = next((a for a, b in PAIRS if b == step), "")
    pair = f"{start}>{step}"
    days = total.median_days.get(pair)
    went_on = behind(column=_column(start), only="went_on") if total.went_on.get(start) else ""
    stayed = total.reached(start) - total.went_on.get(start, 0)
    return charts.FunnelStep(
        name=step_label(step),
        count=count,
        href=behind(column=column) if count else "",
        change=sentences.change(moved),
        rate=percent(total.conversion[pair]) if start else "",
        rate_href=went_on,
        pace=_("%(days)s, median") % {"days": sentences.days(days)} if days is not None else "",
        pace_href=behind(column=column, only="timed") if days is not None else "",
        notes=[_stayed(stayed, start, behind)] if stayed else (),
    )


def _stayed(count: int, start: str, behind: Behind) -> tuple[str, str]:
    words = _("%(n)s did not") % {"n": grouped(count)}
    return words, behind(column=_column(start), only="stayed")


def _column(stage: str) -> str:
    return next(column for column, step in FUNNEL if step == stage)


def reasons(report: Report, behind: Behind) -> charts.BarChart:
    """Why sales said no, most often first."""
    items = [
        charts.Bar(
            name=reason_label(one.reason, kind=one.kind),
            value=one.count,
            href=behind(column="reasons", kind=one.kind, reason=one.reason),
            hue="amber" if one.kind == "handoff" else "gray",
        )
        for one in report.total.reasons
    ]
    by = report.question.by
    sentence = sentences.of_reasons(report.total, report.rows, by=by)
    return horizontal(items, sentence=sentence, head=_("Reason"))


def revenue(report: Report, link: Callable[[Row], str], *, currency: str) -> charts.BarChart:
    """Which groups brought the money."""
    by = report.question.by
    paid = [(row, row.revenue) for row in report.rows if row.revenue]
    amounts = {group_label(by, row.label): amount for row, amount in paid}
    items = [
        charts.Bar(
            name=group_label(by, row.label),
            value=float(amount),
            words=money(amount, currency, short=True),
            href=link(row),
        )
        for row, amount in sorted(paid, key=lambda pair: -pair[1])
    ]
    return horizontal(items, sentence=sentences.of_revenue(amounts), head=_("Revenue"))


def won(
    report: PipelineReport, link: Callable[[PipelineRow], str], *, currency: str
) -> charts.BarChart:
    """Which groups won the most money."""
    paid = [(row, row.won_amount) for row in report.rows if row.won_amount]
    amounts: dict[str, Decimal] = {
        group_label(report.by, row.label): amount for row, amount in paid
    }
    items = [
        charts.Bar(
            name=group_label(report.by, row.label),
            value=float(amount),
            words=money(amount, currency, short=True),
            href=link(row),
            hue="green",
        )
        for row, amount in sorted(paid, key=lambda pair: -pair[1])
    ]
    sentence = sentences.of_won(report.total, amounts)
    return horizontal(items, sentence=sentence, head=_("Won amount"))


def rates(report: PipelineReport, link: Callable[[PipelineRow], str]) -> charts.BarChart:
    """Win rates of the groups that closed most, the best first."""
    closed = sorted(_closed(report.rows), key=lambda row: -(row.won + row.lost))
    known = [
        (row, row.win_rate or 0.0)
        for some in (closed[:BARS], closed[BARS:])
        for row in sorted(some, key=lambda row: -(row.win_rate or 0.0))
    ]
    items = [
        charts.Bar(
            name=group_label(report.by, row.label),
            value=rate * 100,
            words=percent(rate),
            href=link(row) if row.won else "",
        )
        for row, rate in known
    ]
    named = {group_label(report.by, row.label): rate for row, rate in known[:BARS]}
    return horizontal(items, sentence=sentences.of_rates(named), head=_("Win rate"))


def horizontal(items: list[charts.Bar], *, sentence: str, head: str) -> charts.BarChart:
    """The longest are drawn, and the sentence says so; the table has all.

    Without bars the sentence says all: there is no table to show.
    """
    rest = len(items) - BARS
    if rest > 0:
        words = ngettext("%(n)s more in the table.", "%(n)s more in the table.", rest)
        sentence = f"{sentence} {words % {'n': grouped(rest)}}"
    chart = charts.bars(items, sentence=sentence, head=head)
    return replace(chart, bars=chart.bars[:BARS], table=chart.table if items else None)


def _closed(rows: Sequence[PipelineRow]) -> list[PipelineRow]:
    return [row for row in rows if row.win_rate is not None]
