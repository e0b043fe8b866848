"""The figures at the head of a report."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.ui.formats import grouped, percent, rough
from baton.insight.analytics.rules import PipelineRow, Row, change
from baton.insight.analytics.views import sentences
from baton.insight.analytics.views.columns import NOTHING
from baton.insight.analytics.views.tables import MOOT, Earlier

Behind = Callable[..., str]


@dataclass(frozen=True, kw_only=True)
class Kpi:
    label: str | Promise
    value: str
    note: str = ""
    hue: str = ""
    url: str = ""
    term: str = ""  # one of our words, whose definition stands on hover


@dataclass(frozen=True, kw_only=True)
class _Figure:
    """One figure of the closed loop, and how it is told."""

    label: Promise
    behind: str
    people: Callable[[Row], int]  # nobody: there is nothing to measure
    value: Callable[[Row], Any]
    say: Callable[[Any, str], str]
    note: Callable[[Row, str], str]  # where there is no period to compare with
    is_better: int = 1  # -1 where less is better


def _cost(total: Row, currency: str) -> str:
    return _("of %(cost)s") % {"cost": rough(total.cost, currency)} if total.cost else ""


def _deals(count: int) -> str:
    return ngettext("%(n)s deal", "%(n)s deals", count) % {"n": grouped(count)}


def sales_words(deals: int, purchases: int) -> str:
    """What revenue is made of: 95 deals, 3 purchases."""
    won = _deals(deals) if deals or not purchases else ""
    bought = _purchases(purchases) if purchases else ""
    return ", ".join(filter(None, [won, bought]))


def _purchases(count: int) -> str:
    return ngettext("%(n)s purchase", "%(n)s purchases", count) % {"n": grouped(count)}


def _customers(count: int) -> str:
    return ngettext("%(n)s customer", "%(n)s customers", count) % {"n": grouped(count)}


FIGURES = (
    _Figure(
        label=gettext_lazy("Won revenue"),
        behind="revenue",
        people=lambda total: 1,  # nothing won is 0
        value=lambda total: total.revenue if total.deals_won or total.purchases else NOTHING,
        say=rough,
        note=lambda total, currency: sales_words(total.deals_won, total.purchases),
    ),
    _Figure(
        label=gettext_lazy("Cost per MQL"),
        behind="mqls",
        people=lambda total: total.reached("mql"),
        value=lambda total: total.cost_per_mql,
        say=rough,
        note=_cost,
        is_better=-1,
    ),
    _Figure(
        label=gettext_lazy("Cost per customer"),
        behind="won",
        people=lambda total: total.won,
        value=lambda total: total.cost_per_customer,
        say=rough,
        note=_cost,
        is_better=-1,
    ),
    _Figure(
        label=gettext_lazy("Median days to win"),
        behind="won",
        people=lambda total: total.won,
        value=lambda total: total.median_days_to_win,
        say=lambda days, currency: sentences.days(days),
        note=lambda total, currency: _customers(total.won),
        is_better=-1,
    ),
)


def of_closed_loop(
    total: Row, *, currency: str, behind: Behind, earlier: Earlier[Row] | None = None
) -> list[Kpi]:
    """The money won, what an MQL and a customer cost, and how long a win takes."""
    return [
        Kpi(
            label=figure.label,
            value=figure.say(figure.value(total), currency) if figure.people(total) else MOOT,
            url=behind(column=figure.behind) if figure.value(total) else "",
            **_note(figure, total, currency=currency, earlier=earlier),
        )
        for figure in FIGURES
    ]


def _note(
    figure: _Figure, total: Row, *, currency: str, earlier: Earlier[Row] | None
) -> dict[str, str]:
    """What the figure is made of; or how it moved, and whether that is good."""
    if not earlier:
        return {"note": figure.note(total, currency)}
    was = figure.value(earlier.total) if figure.people(earlier.total) else None
    moved = change(figure.value(total), before=was)
    words = [sentences.change(moved), f"{figure.say(was, currency)}, {earlier.name}"]
    hue = "" if not moved else "green" if moved * figure.is_better > 0 else "amber"
    return {"note": " ".join(filter(None, words)), "hue": hue}


def of_pipeline(total: PipelineRow, *, currency: str, behind: Behind) -> list[Kpi]:
    """What is open, what was won, how often, and how fast."""
    won = behind(column="won") if total.won else ""
    closed = _deals(total.won + total.lost)
    kpi = partial(Kpi, url=won)
    return [
        Kpi(
            label=_("Open pipeline"),
            value=rough(total.open_amount if total.open else NOTHING, currency),
            note=_deals(total.open),
            url=behind(column="open") if total.open else "",
        ),
        kpi(
            label=_("Won"),
            value=rough(total.won_amount if total.won else NOTHING, currency),
            note=_deals(total.won),
        ),
        kpi(
            label=_("Win rate"),
            value=MOOT if total.win_rate is None else percent(total.win_rate, decimals=1),
            note=_("of %(deals)s closed") % {"deals": closed},
        ),
        kpi(
            label=_("Sales velocity"),
            value=rough(total.sales_velocity, currency) if total.won else MOOT,
            note=_("a day") if total.won else "",
        ),
    ]
