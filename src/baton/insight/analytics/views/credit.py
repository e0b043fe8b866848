"""How attribution is shown: its columns, figures, charts and notes."""

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.ui import charts
from baton.core.ui.formats import grouped, money, percent, rough
from baton.insight.analytics.queries import MODELS, TOUCH_GROUPS, Attribution, AttributionQuestion
from baton.insight.analytics.queries.attribution import TOUCHED
from baton.insight.analytics.rules import CreditRow, Period, findings, ratio
from baton.insight.analytics.views.addresses import days
from baton.insight.analytics.views.charts import horizontal
from baton.insight.analytics.views.columns import COSTS, Column
from baton.insight.analytics.views.kpis import Kpi, sales_words
from baton.insight.analytics.views.notes import Note, where_costs_are
from baton.insight.analytics.words import MODEL_WORDS, group_label

Columns = tuple[Column[CreditRow], ...]
COST_NAMES = {"channel": "channel", "campaign": "code"}  # what a group is called among costs


def _revenue(model: str) -> Column[CreditRow]:
    return Column(
        name=model,
        label=MODEL_WORDS[model],
        kind="money",
        value=lambda row: row.credits[model].revenue,
        behind=model,
        asks="amount",
        is_moot=lambda row: not row.credits[model].parts,
    )


def _deals(model: str, label: object = gettext_lazy("Deals, purchases")) -> Column[CreditRow]:
    return Column(
        name=f"deals_{model}",
        label=str(label),
        kind="share",
        value=lambda row: row.credits[model].deals,
        behind=model,
        is_moot=lambda row: not row.credits[model].parts,
        whole=lambda: _("%(model)s, deals and purchases") % {"model": MODEL_WORDS[model]},
    )


def _return(model: str) -> Column[CreditRow]:
    return Column(
        name=f"return_{model}",
        label=gettext_lazy("Return"),
        term="return on cost",
        kind="percent",
        value=lambda row: row.return_on_cost(model),
        asks="amount",
        whole=lambda: _("%(model)s, return") % {"model": MODEL_WORDS[model]},
    )


ALL_REVENUE = tuple(_revenue(model) for model in MODELS)
TOUCHES: Column[CreditRow] = Column(
    name="touches",
    label=gettext_lazy("Touches"),
    term="touch",
    kind="count",
    value=lambda row: row.touches,
    behind=TOUCHED,
)
COST: Column[CreditRow] = Column(
    name="cost", label=gettext_lazy("Cost"), kind="money", value=lambda row: row.cost, behind=COSTS
)
FULL: Columns = (
    *ALL_REVENUE,
    *(_deals(model) for model in MODELS),
    TOUCHES,
    COST,
    *(_return(model) for model in MODELS),
)


def columns_of(model: str) -> Columns:
    """Every model's revenue; deals and return by the one that was chosen."""
    return (*ALL_REVENUE, _deals(model), TOUCHES, COST, _return(model))


def costs_behind(question: AttributionQuestion, row: CreditRow | None) -> str:
    """Where the costs of a group (None: all costs) are listed for the report's days."""
    asked = days(Period(question.from_on, question.to_on))
    if row:
        asked[COST_NAMES[question.by]] = row.group
    words = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("campaigns:costs")
    return f"{address}?{words}" if words else address


def kpis_of(
    report: Attribution, *, model: str, currency: str, behind: Callable[..., str]
) -> list[Kpi]:
    """What was won, how much of it is touched by marketing, and what came back for the cost."""
    total = report.total
    touched = _touched(report, model)
    words = sales_words(report.deals - total.purchases, total.purchases)
    return [
        Kpi(
            label=_("Won revenue"),
            value=rough(total.credits[model].revenue, currency),
            note=words,
            url=behind(column=model),
        ),
        Kpi(
            label=_("With a known touch"),
            value=percent(ratio(touched, report.deals)),
            note=_("%(n)s of %(all)s") % {"n": grouped(touched), "all": grouped(report.deals)},
            url=behind(column=TOUCHED) if touched else "",
        ),
        Kpi(
            label=_("Touches a sale"),
            value=grouped(total.touches / touched, decimals=1) if touched else "0",
            note=_("where any is known"),
            url=behind(column=TOUCHED) if touched else "",
        ),
        Kpi(
            label=_("Return on cost"),
            value=percent(total.return_on_cost(model)),
            note=_("cost %(cost)s") % {"cost": rough(total.cost, currency)},
        ),
    ]


def chart_of(
    report: Attribution, link: Callable[[CreditRow], str], *, model: str, currency: str
) -> charts.BarChart:
    """Which groups have most of the revenue by the chosen model."""
    amounts = _amounts(report, model)
    items = [
        charts.Bar(
            name=group_label(report.question.by, row.label),
            value=float(amount),
            words=money(amount, currency, short=True),
            href=link(row),
            hue="gray" if row.is_untouched else "blue",
        )
        for row, amount in sorted(amounts, key=lambda pair: -pair[1])
    ]
    return horizontal(items, sentence=_finding(report, model), head=_("Revenue"))


def _finding(report: Attribution, model: str) -> str:
    by = report.question.by
    largest = findings.largest_share(
        {group_label(by, row.label): amount for row, amount in _amounts(report, model)}
    )
    if not largest:
        return _("No won deal has an amount.")
    return _("%(model)s: %(group)s has %(share)s of the revenue.") % {
        "model": MODEL_WORDS[model],
        "group": largest[0],
        "share": percent(largest[1]),
    }


def comparison_of(report: Attribution, *, model: str, currency: str) -> charts.BarChart:
    """How far the models are apart: of each group, between which amounts it lies."""
    by = report.question.by
    spreads = []
    for row in report.rows:
        known = [one for name in MODELS if (one := row.credits[name].revenue) is not None]
        if known and max(known) > min(known):
            spreads.append((group_label(by, row.label), min(known), max(known)))
    spreads.sort(key=lambda spread: spread[1] - spread[2])
    items = [
        charts.Bar(
            name=name,
            value=float(high - low),
            words=f"{money(low, currency, short=True)} – {money(high, currency, short=True)}",
            hue="violet",
        )
        for name, low, high in spreads
    ]
    return horizontal(items, sentence=_spread(spreads, currency), head=_("Between"))


def _spread(spreads: list[tuple[str, Decimal, Decimal]], currency: str) -> str:
    if not spreads:
        return _("All models say the same: nobody was touched by two groups.")
    name, low, high = spreads[0]
    words = _("%(group)s is worth between %(low)s and %(high)s: there the model matters most.")
    return words % {
        "group": name,
        "low": money(low, currency, short=True),
        "high": money(high, currency, short=True),
    }


def notes_of(report: Attribution) -> list[Note]:
    """What is counted, what is left out, and what is not known."""
    total, asked, notes = report.total, report.question, []
    notes.append(Note(_("All models share the same revenue of the same deals and purchases.")))
    if total.unknown_amounts:
        words = ngettext(
            "%(n)s won deal without a known amount is not in the revenue.",
            "%(n)s won deals without a known amount are not in the revenue.",
            total.unknown_amounts,
        )
        notes.append(Note(words % {"n": grouped(total.unknown_amounts)}))
    notes.append(Note(_cost_words(report), where_costs_are(asked.user)))
    return notes


def _cost_words(report: Attribution) -> str:
    total, by = report.total, report.question.by
    if total.cost is None:
        return _("No cost is on record for these days: it is unknown, not zero.")
    words = []
    if not total.is_whole:
        words.append(_("You see some of the deals, and cost is of all: so return is unknown."))
    if not TOUCH_GROUPS[by][1]:
        words.append(_("Cost is known by channel and by campaign only."))
    else:
        words.append(_("Cost is what falls on these days; a group without any is unknown."))
    words.append(_("Return is (revenue - cost) / cost, at a margin of 100 %."))
    return " ".join(words)


def _amounts(report: Attribution, model: str) -> list[tuple[CreditRow, Decimal]]:
    return [(row, amount) for row in report.rows if (amount := row.credits[model].revenue)]


def _touched(report: Attribution, model: str) -> int:
    """How many of the deals have a touch."""
    without = sum(row.credits[model].deals for row in report.rows if row.is_untouched)
    return report.deals - int(without)
