"""The closed loop: which marketing made which revenue, and what sales said."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.settings.queries import organisation
from baton.insight.analytics.forms import ClosedLoopForm
from baton.insight.analytics.permissions import EXPORT_REPORTS, VIEW_REPORTS
from baton.insight.analytics.queries import GROUPS, Question, Report, closed_loop
from baton.insight.analytics.rules import Basis, Period, Row, period_before
from baton.insight.analytics.views import charts, kpis
from baton.insight.analytics.views.addresses import Address, address_of
from baton.insight.analytics.views.asking import frame_of, refused
from baton.insight.analytics.views.columns import BETWEEN, CLOSED_LOOP, COSTS, PURCHASES
from baton.insight.analytics.views.costs import costs_behind
from baton.insight.analytics.views.exports import csv_of
from baton.insight.analytics.views.notes import closed_loop_notes
from baton.insight.analytics.views.tables import Earlier, Frame, order_of
from baton.insight.analytics.words import BASES, BY, period_words

ALL = CLOSED_LOOP + BETWEEN
PAGE, TITLE = "closed-loop", gettext_lazy("Closed loop")


@requires(VIEW_REPORTS)
@require_GET
def closed_loop_page(request: HttpRequest) -> HttpResponse:
    """Leads to revenue by what the address names."""
    form, address, user = ClosedLoopForm(request.GET), address_of(request.GET), user_of(request)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = closed_loop(form.question(user=user))
    context = frame_of(form, address, page=PAGE) | _choices(report.question, address)
    context["export_url"] = address.to("closed-loop-csv") if user.may(EXPORT_REPORTS) else ""
    earlier = period_before(form.period)
    if earlier:
        context["earlier"] = period_words(earlier)
    before = None
    if earlier and form.cleaned_data["compare"]:
        before = _before(form.question(user=user, period=earlier), earlier, address)
    context["is_compared"] = before is not None
    if report.rows:
        context |= _shown(report, address, earlier=before)
    return render(request, "analytics/closed_loop.html", context)


@requires(EXPORT_REPORTS)
@require_GET
def closed_loop_csv(request: HttpRequest) -> HttpResponse:
    """The table of the page as a file."""
    form, address = ClosedLoopForm(request.GET), address_of(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = closed_loop(form.question(user=user_of(request)))
    name = f"closed-loop-by-{report.question.by}"
    return csv_of(_frame(report.question, address), report.rows, report.total, name=name)


def _choices(question: Question, address: Address) -> dict[str, Any]:
    """What else can be asked, and what is."""
    return {
        "question": question,
        "by": BY[question.by],
        "tabs": [(BY[by], address.to(PAGE, by=by, sort=None), by == question.by) for by in GROUPS],
        "bases": [
            {
                "name": str(basis),
                "label": BASES[basis],
                "url": address.to(PAGE, basis=str(basis)),
                "is_current": basis is question.basis,
            }
            for basis in Basis
        ],
        "is_cohort": question.basis is Basis.COHORT,
        "compare_url": address.to(PAGE, compare="1"),
        "alone_url": address.to(PAGE, compare=None),
        "all_url": address.to(PAGE, **dict.fromkeys(("from", "to", "compare"))),
    }


def _before(question: Question, period: Period, address: Address) -> Earlier[Row]:
    return Earlier(
        name=period_words(period),
        total=closed_loop(question).total,
        frame=_frame(question, address.of(period)),
    )


def _frame(question: Question, address: Address) -> Frame[Row]:
    return Frame(
        page=PAGE,
        records="people",
        by=question.by,
        columns=ALL,
        order=order_of(address.values.get("sort", ""), ALL, usual="-leads"),
        currency=organisation().base_currency,
        address=address,
        others={
            COSTS: partial(costs_behind, question),
            PURCHASES: lambda row: address.purchases(
                by=question.by, group=row.group_key if row else None
            ),
        },
    )


def _shown(report: Report, address: Address, *, earlier: Earlier[Row] | None) -> dict[str, Any]:
    """Figures, charts, table and notes."""
    frame = _frame(report.question, address)
    behind = partial(frame.behind, report.total, is_total=True)
    before = earlier.total if earlier else None
    table = partial(frame.table, report.rows, report.total, before=earlier)
    return {
        "kpis": kpis.of_closed_loop(
            report.total, currency=frame.currency, behind=behind, earlier=earlier
        ),
        "funnel": charts.funnel(report, behind, before=before),
        "reasons": charts.reasons(report, behind),
        "revenue": charts.revenue(
            report, partial(frame.behind, column="revenue"), currency=frame.currency
        ),
        "table": table(columns=CLOSED_LOOP),
        "between": table(columns=BETWEEN),
        "notes": closed_loop_notes(report, behind),
    }
