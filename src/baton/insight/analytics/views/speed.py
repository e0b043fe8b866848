"""How velocity is shown: columns, figures, the trend, and the tables of days."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.ui import charts
from baton.core.ui.formats import NARROW, SYMBOLS, grouped, money, percent, rough
from baton.insight.analytics.queries import Velocity
from baton.insight.analytics.rules import STEPS, PipelineRow, Stay, change
from baton.insight.analytics.views import sentences
from baton.insight.analytics.views.addresses import Address
from baton.insight.analytics.views.columns import Column, told
from baton.insight.analytics.views.deal_columns import VELOCITY, WIN_RATE, WON
from baton.insight.analytics.views.grids import Grid, GridCell, GridLine
from baton.insight.analytics.views.kpis import Kpi
from baton.insight.analytics.views.tables import MOOT, Frame, words
from baton.insight.analytics.words import way_words
from baton.sales.deals.models import Stage

LATEST = 6  # months beside the period in the tables of days
Link = Callable[..., str]


COLUMNS: tuple[Column[PipelineRow], ...] = (
    Column(
        name="open",
        label=gettext_lazy("Open"),
        kind="count",
        value=lambda row: row.open,
        behind="open",
    ),
    WON,
    Column(
        name="average_won",
        label=gettext_lazy("Average won"),
        kind="money",
        value=lambda row: row.average_won,
        behind="won",
        asks="amount",
        is_moot=lambda row: not row.won,
    ),
    replace(WIN_RATE, behind="closed"),
    Column(
        name="mean_days",
        label=gettext_lazy("Mean days to win"),
        kind="days",
        value=lambda row: row.mean_cycle_days,
        behind="timed",
        is_moot=lambda row: not row.won,
    ),
    replace(VELOCITY, label=gettext_lazy("Velocity a day")),
)


def plainly(column: Column[PipelineRow], row: PipelineRow) -> Any:
    """The figure for a spreadsheet; empty where there is nothing to measure."""
    value = column.value(row)
    if column.is_moot(row) or value is None:
        return ""
    return value if isinstance(value, int) else round(value, 4)


def kpis_of(report: Velocity, frame: Frame[PipelineRow]) -> list[Kpi]:
    """Velocity, and three of the four figures that make it; the note tells the fourth."""
    total, currency, days = report.total, frame.currency, report.total.mean_cycle_days

    def link(column: str, *, is_there: object) -> str:
        return frame.behind(total, is_total=True, column=column) if is_there else ""

    return [
        Kpi(
            label=_("Sales velocity"),
            value=rough(total.sales_velocity, currency) if total.won else MOOT,
            note=_("a day, %(deals)s") % {"deals": _open(total.open)},
            url=link("open", is_there=total.open),
        ),
        Kpi(
            label=_("Average won"),
            value=rough(total.average_won, currency) if total.won else MOOT,
            note=ngettext("%(n)s deal", "%(n)s deals", total.won) % {"n": grouped(total.won)},
            url=link("won", is_there=total.won),
        ),
        Kpi(
            label=_("Win rate"),
            value=MOOT if total.win_rate is None else percent(total.win_rate, decimals=1),
            note=_("of %(n)s closed") % {"n": grouped(total.won + total.lost)},
            url=link("closed", is_there=total.won + total.lost),
        ),
        Kpi(
            label=_("Mean days to win"),
            value=sentences.days(days) if total.won else MOOT,
            url=link("timed", is_there=days is not None),
        ),
    ]


def _open(count: int) -> str:
    return ngettext("%(n)s open deal", "%(n)s open deals", count) % {"n": grouped(count)}


def trend_of(report: Velocity, *, currency: str) -> charts.Chart:
    """Velocity of each month by its own wins."""
    values = [
        None if row.sales_velocity is None else float(row.sales_velocity) for row in report.months
    ]
    return charts.trend(
        series=[charts.Series(name=_("a day"), values=values)],
        labels=[_month(date.fromisoformat(row.group)) for row in report.months],
        sentence=_finding(report.months, currency),
        width=charts.FULL,
        say=lambda value: money(Decimal(str(value)), currency, short=True),
    )


def _finding(months: Sequence[PipelineRow], currency: str) -> str:
    known = [(row, row.sales_velocity) for row in months if row.sales_velocity is not None]
    if not known:
        return _("In none of these months was a deal won whose days and amount are known.")
    row, latest = known[-1]
    found = _("%(money)s a day in %(month)s.") % {
        "money": rough(latest, currency),
        "month": _month(date.fromisoformat(row.group)),
    }
    if len(known) == 1:
        return found
    before, former = known[-2]
    return _("%(found)s %(change)s against %(month)s.") % {
        "found": found,
        "change": sentences.change(change(latest, before=former)) or rough(former, currency),
        "month": _month(date.fromisoformat(before.group)),
    }


def by_month(report: Velocity, address: Address, *, currency: str) -> Grid:
    """The same figures of each month, the latest first; open at its end."""
    symbol = SYMBOLS.get(currency, currency)
    columns = told(COLUMNS, report.months)
    heads = [
        f"{column.label},{NARROW}{symbol}" if column.is_money else str(column.label)
        for column in columns
    ]

    def cell(column: Column[PipelineRow], row: PipelineRow) -> GridCell:
        value = column.value(row)
        if column.is_moot(row):
            return GridCell(MOOT, is_soft=True)
        url = address.behind("velocity-deals", column=column.behind, month=row.group)
        is_there = value is not None if column.kind == "days" else bool(value)
        return GridCell(words(column.kind, value), url if is_there else "", is_soft=value is None)

    lines = [
        GridLine(_month(date.fromisoformat(row.group)), [cell(column, row) for column in columns])
        for row in reversed(report.months)
    ]
    return Grid(_("Month"), heads, lines)


def steps_grid(stays: Sequence[Stay], months: Sequence[date], address: Address) -> Grid:
    """Days from step to step, and all the way."""
    ways = [(step, way_words(step)) for step in (*STEPS[1:], "won")]

    def link(step: str, **cell: str) -> str:
        return address.behind("velocity-people", step=step, **cell)

    return _grid(_("From step to step"), ways, stays, months, link)


def stages_grid(stays: Sequence[Stay], months: Sequence[date], address: Address) -> Grid:
    """Days in each open stage of a deal; one query for their names."""
    ids = {int(stay.group) for stay in stays}
    found = Stage._base_manager.filter(pk__in=ids).select_related("pipeline")
    stages = sorted(
        found, key=lambda stage: (stage.pipeline.position, stage.pipeline_id, stage.position)
    )
    is_one = len({stage.pipeline_id for stage in stages}) < 2
    rows = [
        (str(stage.pk), stage.name if is_one else f"{stage.pipeline.name}, {stage.name}")
        for stage in stages
    ]
    keys = {str(stage.pk): str(stage.key) for stage in stages}

    def link(stage: str, **cell: str) -> str:
        return address.behind("velocity-deals", stage=keys[stage], **cell)

    return _grid(_("Stage"), rows, stays, months, link)


def _grid(
    name: str,
    rows: Sequence[tuple[str, str]],
    stays: Sequence[Stay],
    months: Sequence[date],
    link: Link,
) -> Grid:
    """Median, nine in ten and how many in the period; the median of the latest months."""
    known = {(stay.group, stay.month): stay for stay in stays}
    places = range(len(months) - LATEST, len(months))
    heads = [_("Median days"), _("Nine in ten within"), _("Counted")]
    heads += [_month(months[place]) for place in places]
    lines = []
    for group, label in rows:
        whole = known.get((group, -1))
        cells = [
            *_whole(whole, link(group)),
            *(
                _median(known.get((group, place)), link(group, month=months[place].isoformat()))
                for place in places
            ),
        ]
        lines.append(GridLine(label, cells))
    return Grid(name, heads, lines)


def _whole(stay: Stay | None, url: str) -> list[GridCell]:
    if stay is None:
        return [GridCell(MOOT, is_soft=True)] * 3
    days = [words("days", stay.median_days), words("days", stay.slow_days)]
    return [*(GridCell(one, url) for one in days), GridCell(grouped(stay.count), url)]


def _median(stay: Stay | None, url: str) -> GridCell:
    if stay is None:
        return GridCell(MOOT, is_soft=True)
    title = _("of %(n)s") % {"n": grouped(stay.count)}
    return GridCell(words("days", stay.median_days), url, title=title)


def _month(month: date) -> str:
    return dateformat.format(month, "M Y")
