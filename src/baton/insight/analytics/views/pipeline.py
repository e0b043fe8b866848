"""The pipeline: who has what open, wins how often and how fast."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.settings.queries import organisation
from baton.insight.analytics.forms import PipelineForm
from baton.insight.analytics.permissions import EXPORT_REPORTS, VIEW_REPORTS
from baton.insight.analytics.queries import PIPELINE_GROUPS, PipelineReport, pipeline
from baton.insight.analytics.rules import PipelineRow
from baton.insight.analytics.views import charts, kpis
from baton.insight.analytics.views.addresses import Address, address_of
from baton.insight.analytics.views.asking import frame_of, refused
from baton.insight.analytics.views.deal_columns import PIPELINE
from baton.insight.analytics.views.exports import csv_of
from baton.insight.analytics.views.notes import pipeline_notes
from baton.insight.analytics.views.tables import Frame, order_of
from baton.insight.analytics.words import BY

PAGE, TITLE = "pipeline", gettext_lazy("Pipeline")


@requires(VIEW_REPORTS)
@require_GET
def pipeline_page(request: HttpRequest) -> HttpResponse:
    """Deals created and closed in the period, and open now, by what the address names."""
    form, address, user = PipelineForm(request.GET), address_of(request.GET), user_of(request)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = pipeline(form.question(user=user))
    context = frame_of(form, address, page=PAGE) | {
        "by": BY[report.by],
        "tabs": [
            (BY[by], address.to(PAGE, by=by, sort=None), by == report.by) for by in PIPELINE_GROUPS
        ],
        "export_url": address.to("pipeline-csv") if user.may(EXPORT_REPORTS) else "",
        "all_url": address.to(PAGE, **dict.fromkeys(("from", "to"))),
    }
    if report.rows:
        context |= _shown(report, address)
    return render(request, "analytics/pipeline.html", context)


@requires(EXPORT_REPORTS)
@require_GET
def pipeline_csv(request: HttpRequest) -> HttpResponse:
    """The table of the page as a file."""
    form, address = PipelineForm(request.GET), address_of(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = pipeline(form.question(user=user_of(request)))
    name = f"pipeline-by-{report.by}"
    return csv_of(_frame(report, address), report.rows, report.total, name=name)


def _frame(report: PipelineReport, address: Address) -> Frame[PipelineRow]:
    return Frame(
        page=PAGE,
        records="deals",
        by=report.by,
        columns=PIPELINE,
        order=order_of(address.values.get("sort", ""), PIPELINE, usual="-won_amount"),
        currency=organisation().base_currency,
        address=address,
    )


def _shown(report: PipelineReport, address: Address) -> dict[str, Any]:
    """Figures, charts, table and notes."""
    frame = _frame(report, address)
    behind = partial(frame.behind, report.total, is_total=True)
    won = partial(frame.behind, column="won")
    return {
        "kpis": kpis.of_pipeline(report.total, currency=frame.currency, behind=behind),
        "won": charts.won(report, won, currency=frame.currency),
        "rates": charts.rates(report, won),
        "table": frame.table(report.rows, report.total),
        "notes": pipeline_notes(report, behind),
    }
