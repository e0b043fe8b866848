"""The columns of the pipeline report, of which others show some, too."""

from django.utils.translation import gettext_lazy as _

from baton.insight.analytics.rules import PipelineRow
from baton.insight.analytics.views.columns import NOTHING, Column

WON: Column[PipelineRow] = Column(
    name="won", label=_("Won"), kind="count", value=lambda row: row.won, behind="won"
)
WIN_RATE: Column[PipelineRow] = Column(
    name="win_rate",
    label=_("Win rate"),
    term="win rate",
    kind="percent",
    value=lambda row: row.win_rate,
    behind="won",
    is_moot=lambda row: not row.won + row.lost,
)
VELOCITY: Column[PipelineRow] = Column(
    name="sales_velocity",
    label=_("Sales velocity a day"),
    term="sales velocity",
    kind="each",
    value=lambda row: row.sales_velocity,
    behind="won",
    asks="amount",
    is_moot=lambda row: not row.won,
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
        asks="amount",
    ),
    WON,
    Column(name="lost", label=_("Lost"), kind="count", value=lambda row: row.lost, behind="lost"),
    Column(
        name="won_amount",
        label=_("Won amount"),
        kind="money",
        value=lambda row: row.won_amount if row.won else NOTHING,
        behind="won",
        asks="amount",
    ),
    WIN_RATE,
    Column(
        name="close_ratio",
        label=_("Close ratio"),
        term="close ratio",
        kind="percent",
        value=lambda row: row.close_ratio,
        behind="created_won",
        is_moot=lambda row: not row.created,
    ),
    VELOCITY,
    Column(
        name="median_cycle_days",
        label=_("Days, opened to won"),
        kind="days",
        value=lambda row: row.median_cycle_days,
        behind="won",
        is_moot=lambda row: not row.won,
    ),
)
