"""The columns of the reports: the table, the drill-down and the export read the same list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.limits import hidden
from baton.core.ui.formats import grouped
from baton.insight.analytics.queries.drill import STEPS as COLUMN_OF_STEP
from baton.insight.analytics.rules import PAIRS, Row
from baton.insight.analytics.words import reason_label, step_label

NOTHING = Decimal(0)  # without a deal there is no amount to be unknown
COSTS = "costs"  # not people: the costs themselves are behind it
PURCHASES = "purchases"  # and the purchases


class Named(Protocol):
    """What a line of any report has: how it is called, and how an address names it."""

    @property
    def label(self) -> str: ...

    @property
    def group_key(self) -> str: ...


R = TypeVar("R", bound=Named)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of several things in a cell; ``narrow`` leads to its people alone."""

    words: str
    narrow: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """``behind`` names the column of the records that a click leads to; empty, it leads nowhere.

    ``asks`` names the field of a deal that it is made of, where that may be hidden from the reader.
    ``parts`` is what a cell of kind "parts" holds. ``group`` is the head over several columns, and
    ``whole`` what the column is called without it.
    """

    name: str
    label: str | Promise
    kind: str  # count, money, each (money a head), days, rate, share, percent, parts
    value: Callable[[R], Any]
    term: str = ""  # a word of ours whose meaning shows on hover
    behind: str = ""
    asks: str = ""
    narrow: Callable[[R], Mapping[str, str]] = lambda row: {}  # which of those
    is_moot: Callable[[R], bool] = lambda row: False  # nothing there that could be measured
    parts: Callable[[R], list[Part]] = lambda row: []
    group: Callable[[], str] = lambda: ""
    whole: Callable[[], str] = lambda: ""

    @property
    def full_label(self) -> str:
        """As a table without grouped heads calls it."""
        return self.whole() or str(self.label)

    @property
    def is_money(self) -> bool:
        return self.kind in {"money", "each"}


def told(columns: Sequence[Column[R]], rows: Iterable[R]) -> tuple[Column[R], ...]:
    """Without those that stay empty since what they are made of is hidden from the reader; of
    revenue there may be purchases left."""
    unseen, known = hidden("deal"), list(rows)
    return tuple(
        column
        for column in columns
        if column.asks not in unseen or any(column.value(row) for row in known)
    )


def _reached(name: str, label: Any, step: str, term: str = "") -> Column[Row]:
    return Column(
        name=name,
        label=label,
        term=term,
        kind="count",
        value=lambda row: row.reached(step),
        behind=name,
    )


def _reasons(row: Row) -> list[Part]:
    """All that sales said, most often first."""
    return [
        Part(
            words=f"{reason_label(one.reason, kind=one.kind)} {grouped(one.count)}",
            narrow={"kind": one.kind, "reason": one.reason},
        )
        for one in row.reasons
    ]


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
        asks="amount",
    ),
    _reached("won", _("Won"), "customer", "customer"),
    Column(name="lost", label=_("Lost"), kind="count", value=lambda row: row.lost, behind="lost"),
    Column(
        name="purchases",
        label=_("Purchases"),
        term="purchase",
        kind="count",
        value=lambda row: row.purchases,
        behind=PURCHASES,
    ),
    Column(
        name="revenue",
        label=_("Revenue"),
        kind="money",
        value=lambda row: row.revenue if row.deals_won or row.purchases else NOTHING,
        behind="revenue",
        asks="amount",
    ),
    Column(name="cost", label=_("Cost"), kind="money", value=lambda row: row.cost, behind=COSTS),
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
        name="reasons",
        label=_("Sales said no"),
        kind="parts",
        value=lambda row: row.refusals,
        behind="reasons",
        parts=_reasons,
        is_moot=lambda row: not row.reasons,
    ),
    Column(
        name="unanswered",
        label=_("Nobody answered"),
        term="nobody answered",
        kind="count",
        value=lambda row: row.unanswered,
        behind="unanswered",
    ),
    Column(
        name="unanswered_cost",
        label=_("What they cost"),
        kind="money",
        value=lambda row: row.unanswered_cost,
        behind="unanswered",
        is_moot=lambda row: not row.unanswered,
    ),
)


NAME_OF = {step: column for column, step in COLUMN_OF_STEP.items()}


def _way(start: str, end: str) -> str:
    return gettext("%(start)s to %(end)s") % {"start": step_label(start), "end": step_label(end)}


def _share(start: str, end: str) -> Column[Row]:
    """Of those who reached the one step, who went on to the next."""
    return Column(
        name=f"share_{end}",
        label=_("Share"),
        kind="percent",
        value=lambda row: row.conversion[f"{start}>{end}"],
        behind=NAME_OF[start],
        narrow=lambda row: {"only": "went_on"},
        is_moot=lambda row: not row.reached(start),
        group=lambda: _way(start, end),
        whole=lambda: gettext("%(steps)s, share") % {"steps": _way(start, end)},
    )


def _days(start: str, end: str) -> Column[Row]:
    """How long that took."""
    return Column(
        name=f"days_{end}",
        label=_("Median days"),
        kind="days",
        value=lambda row: row.median_days.get(f"{start}>{end}"),
        behind=NAME_OF[end],
        narrow=lambda row: {"only": "timed"},
        is_moot=lambda row: not row.reached(end),
        group=lambda: _way(start, end),
        whole=lambda: gettext("%(steps)s, median days") % {"steps": _way(start, end)},
    )


def _inferred(start: str, end: str) -> Column[Row]:
    """Who is counted there without a record that says so."""
    return Column(
        name=f"inferred_{end}",
        label=_("Inferred"),
        kind="count",
        value=lambda row: row.inferred.get(end, 0),
        behind=NAME_OF[end],
        narrow=lambda row: {"only": "inferred"},
        group=lambda: _way(start, end),
        whole=lambda: gettext("%(step)s, inferred") % {"step": step_label(end)},
    )


BETWEEN: tuple[Column[Row], ...] = tuple(
    tell(start, end) for start, end in PAIRS for tell in (_share, _days, _inferred)
)
