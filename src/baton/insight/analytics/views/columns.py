"""The columns of the reports: the table, the drill-down and the export read the same list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.ui.formats import percent
from baton.insight.analytics.rules import PipelineRow, Row, findings
from baton.insight.analytics.words import reason_label

NOTHING = Decimal(0)  # without a deal there is no amount to be unknown
R = TypeVar("R", Row, PipelineRow)


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """``behind`` names the column of the records that a click leads to; empty, it leads nowhere."""

    name: str
    label: str | Promise
    kind: str  # count, money, each (money a head), days, rate, percent, words
    value: Callable[[R], Any]
    term: str = ""  # a word of ours whose meaning shows on hover
    behind: str = ""
    narrow: Callable[[R], Mapping[str, str]] = lambda row: {}  # which of those
    is_moot: Callable[[R], bool] = lambda row: False  # nothing there that could be measured

    @property
    def is_money(self) -> bool:
        return self.kind in {"money", "each"}


def _reached(name: str, label: Any, step: str, term: str = "") -> Column[Row]:
    return Column(
        name=name,
        label=label,
        term=term,
        kind="count",
        value=lambda row: row.reached(step),
        behind=name,
    )


def _first_reason(row: Row) -> str | None:
    """ "No fit 46 %"; None where sales said no to nobody."""
    found = findings.first_reason(row)
    return f"{reason_label(found[0].reason)} {percent(found[1])}" if found else None


def _which_reason(row: Row) -> dict[str, str]:
    found = findings.first_reason(row)
    return {"kind": found[0].kind, "reason": found[0].reason} if found else {}


CLOSED_LOOP: tuple[Column[Row], ...] = (
    _reached("leads", _("Leads"), "lead", "lead"),
    _reached("mqls", _("MQLs"), "mql", "mql"),
    _reached("sals", _("SALs"), "sal", "sal"),
    _reached("sqls", _("SQLs"), "sql", "sql"),
    _reached("opportunities", _("Opps"), "opportunity", "opportunity"),
    Column(
        name="pipeline_created",
        label=_("Pipeline"),
        term="pipeline created",
        kind="money",
        value=lambda row: row.pipeline_created if row.deals_opened else NOTHING,
        behind="pipeline_created",
    ),
    _reached("won", _("Won"), "customer", "customer"),
    Column(name="lost", label=_("Lost"), kind="count", value=lambda row: row.lost, behind="lost"),
    Column(
        name="revenue",
        label=_("Revenue"),
        kind="money",
        value=lambda row: row.revenue if row.deals_won else NOTHING,
        behind="revenue",
    ),
    Column(name="cost", label=_("Cost"), kind="money", value=lambda row: row.cost),
    Column(
        name="cost_per_mql",
        label=_("Cost per MQL"),
        term="cost per MQL",
        kind="each",
        value=lambda row: row.cost_per_mql,
        behind="mqls",
        is_moot=lambda row: not row.reached("mql"),
    ),
    Column(
        name="cost_per_customer",
        label=_("Cost per customer"),
        term="CPA",
        kind="each",
        value=lambda row: row.cost_per_customer,
        behind="won",
        is_moot=lambda row: not row.won,
    ),
    Column(
        name="median_days_to_win",
        label=_("Days to win"),
        kind="days",
        value=lambda row: row.median_days_to_win,
        behind="won",
        is_moot=lambda row: not row.won,
    ),
    Column(
        name="throughput_per_day",
        label=_("Throughput a day"),
        term="throughput",
        kind="rate",
        value=lambda row: row.throughput_per_day,
        behind="moved_on",
    ),
    Column(
        name="first_reason",
        label=_("First reason"),
        kind="words",
        value=_first_reason,
        behind="reasons",
        narrow=_which_reason,
        is_moot=lambda row: not row.reasons,
    ),
)

PIPELINE: tuple[Column[PipelineRow], ...] = (
    Column(
        name="created",
        label=_("Created"),
        kind="count",
        value=lambda row: row.created,
        behind="created",
    ),
    Column(
        name="open", label=_("Open now"), kind="count", value=lambda row: row.open, behind="open"
    ),
    Column(
        name="open_amount",
        label=_("Open amount"),
        kind="money",
        value=lambda row: row.open_amount if row.open else NOTHING,
        behind="open",
    ),
    Column(name="won", label=_("Won"), kind="count", value=lambda row: row.won, behind="won"),
    Column(name="lost", label=_("Lost"), kind="count", value=lambda row: row.lost, behind="lost"),
    Column(
        name="won_amount",
        label=_("Won amount"),
        kind="money",
        value=lambda row: row.won_amount if row.won else NOTHING,
        behind="won",
    ),
    Column(
        name="win_rate",
        label=_("Win rate"),
        term="win rate",
        kind="percent",
        value=lambda row: row.win_rate,
        behind="won",
        is_moot=lambda row: not row.won + row.lost,
    ),
    Column(
        name="close_ratio",
        label=_("Close ratio"),
        term="close ratio",
        kind="percent",
        value=lambda row: row.close_ratio,
        behind="created_won",
        is_moot=lambda row: not row.created,
    ),
    Column(
        name="sales_velocity",
        label=_("Sales velocity a day"),
        term="sales velocity",
        kind="each",
        value=lambda row: row.sales_velocity,
        behind="won",
        is_moot=lambda row: not row.won,
    ),
    Column(
        name="median_cycle_days",
        label=_("Days, opened to won"),
        kind="days",
        value=lambda row: row.median_cycle_days,
        behind="won",
        is_moot=lambda row: not row.won,
    ),
)
