"""Attribution: which touches brought what was won, by several models side by side."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.settings.queries import organisation
from baton.insight.analytics.forms import AttributionForm
from baton.insight.analytics.permissions import EXPORT_REPORTS, VIEW_REPORTS
from baton.insight.analytics.queries import (
    MODELS,
    TOUCH_GROUPS,
    Attribution,
    AttributionQuestion,
    attribution,
)
from baton.insight.analytics.rules import CreditRow, LookBack
from baton.insight.analytics.views import credit
from baton.insight.analytics.views.addresses import Address, address_of
from baton.insight.analytics.views.asking import frame_of, refused
from baton.insight.analytics.views.columns import COSTS
from baton.insight.analytics.views.exports import csv_of
from baton.insight.analytics.views.tables import Frame, order_of
from baton.insight.analytics.words import BY, LOOK_BACKS, MODEL_WORDS

PAGE, TITLE = "attribution", gettext_lazy("Attribution")


@requires(VIEW_REPORTS)
@require_GET
def attribution_page(request: HttpRequest) -> HttpResponse:
    """What was won in the period, by what touched its people before."""
    form, address, user = AttributionForm(request.GET), address_of(request.GET), user_of(request)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report, model = attribution(form.question(user=user)), form.model_asked
    asked = ("model", "look_back")
    context = frame_of(form, address, page=PAGE, asked=asked)
    context |= _choices(report.question, address, model=model)
    context["export_url"] = address.to("attribution-csv") if user.may(EXPORT_REPORTS) else ""
    if report.deals:
        context |= _shown(report, address, model=model)
    return render(request, "analytics/attribution.html", context)


@requires(EXPORT_REPORTS)
@require_GET
def attribution_csv(request: HttpRequest) -> HttpResponse:
    """The table of the page as a file, with the deals of every model."""
    form, address = AttributionForm(request.GET), address_of(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = attribution(form.question(user=user_of(request)))
    frame = _frame(report, address, model=form.model_asked, columns=credit.FULL)
    return csv_of(frame, report.rows, report.total, name=f"attribution-by-{report.question.by}")


def _choices(question: AttributionQuestion, address: Address, *, model: str) -> dict[str, Any]:
    """What else can be asked, and what is."""
    return {
        "by": BY[question.by],
        "tabs": [
            (BY[by], address.to(PAGE, by=by, sort=None), by == question.by) for by in TOUCH_GROUPS
        ],
        "models": [
            (name, MODEL_WORDS[name], address.to(PAGE, model=name, sort=None), name == model)
            for name in MODELS
        ],
        "look_back": LOOK_BACKS[question.look_back],
        "look_backs": [
            (str(one), LOOK_BACKS[one], address.to(PAGE, look_back=one), one == question.look_back)
            for one in LookBack
        ],
        "model": MODEL_WORDS[model],
        "all_url": address.to(PAGE, **dict.fromkeys(("from", "to"))),
    }


def _frame(
    report: Attribution, address: Address, *, model: str, columns: credit.Columns
) -> Frame[CreditRow]:
    return Frame(
        page=PAGE,
        records="credited",
        by=report.question.by,
        columns=columns,
        order=order_of(address.values.get("sort", ""), columns, usual=f"-{model}"),
        currency=organisation().base_currency,
        address=address,
        others={COSTS: partial(credit.costs_behind, report.question)},
    )


def _shown(report: Attribution, address: Address, *, model: str) -> dict[str, Any]:
    """Figures, chart, table and notes."""
    frame = _frame(report, address, model=model, columns=credit.columns_of(model))
    behind = partial(frame.behind, report.total, is_total=True)
    link = partial(frame.behind, column=model)
    currency = frame.currency
    return {
        "kpis": credit.kpis_of(report, model=model, currency=currency, behind=behind),
        "revenue": credit.chart_of(report, link, model=model, currency=currency),
        "compared": credit.comparison_of(report, model=model, currency=currency),
        "table": frame.table(report.rows, report.total),
        "notes": credit.notes_of(report),
    }
