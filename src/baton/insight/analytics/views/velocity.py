"""Velocity: how much money a day sales brings, and how long each stage and each step takes."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.home.following import stands_at_once
from baton.core.settings.queries import organisation
from baton.insight.analytics.forms import VelocityForm
from baton.insight.analytics.permissions import EXPORT_REPORTS, VIEW_REPORTS
from baton.insight.analytics.queries import (
    VELOCITY_GROUPS,
    Velocity,
    stage_stays,
    step_stays,
    today,
    velocity,
)
from baton.insight.analytics.rules import PipelineRow
from baton.insight.analytics.views import speed
from baton.insight.analytics.views.addresses import Address, address_of
from baton.insight.analytics.views.asking import frame_of, refused
from baton.insight.analytics.views.columns import Column, told
from baton.insight.analytics.views.exports import plain_csv
from baton.insight.analytics.views.tables import Frame, order_of
from baton.insight.analytics.words import BY, group_label

PAGE, TITLE = "velocity", gettext_lazy("Velocity")


@requires(VIEW_REPORTS)
@require_GET
@stands_at_once(TITLE)
def velocity_page(request: HttpRequest) -> HttpResponse:
    """Velocity by group and month, and how long stages and steps take."""
    form, address, user = VelocityForm(request.GET), address_of(request.GET), user_of(request)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = velocity(form.question(user=user, on=today()))
    by = report.question.by
    context = frame_of(form, address, page=PAGE) | {
        "by": BY[by],
        "tabs": [
            (BY[each], address.to(PAGE, by=each, sort=None), each == by) for each in VELOCITY_GROUPS
        ],
        "export_url": address.to("velocity-csv") if user.may(EXPORT_REPORTS) else "",
        "all_url": address.to(PAGE, **dict.fromkeys(("from", "to"))),
    }
    if report.rows:
        context |= _shown(report, address)
    return render(request, "analytics/velocity.html", context)


@requires(EXPORT_REPORTS)
@require_GET
def velocity_csv(request: HttpRequest) -> HttpResponse:
    """What velocity is made of, by group and by month, and the days of stages and steps."""
    form = VelocityForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = velocity(form.question(user=user_of(request), on=today()))
    columns = told(speed.COLUMNS, [*report.rows, report.total])
    head = [_("Of"), _("Name"), *(column.full_label for column in columns)]
    name = f"velocity-by-{report.question.by}"
    return plain_csv(head, _lines(report, columns), name=name)


def _lines(report: Velocity, columns: Sequence[Column[PipelineRow]]) -> Iterator[list[Any]]:
    """A line a group, the total, and a line a month."""
    by = report.question.by
    rows = [(str(BY[by]), group_label(by, row.label), row) for row in report.rows]
    months = [(_("Month"), row.group, row) for row in report.months]
    for of, name, row in [*rows, (_("Total"), "", report.total), *months]:
        yield [of, name, *(speed.plainly(column, row) for column in columns)]


def _shown(report: Velocity, address: Address) -> dict[str, Any]:
    """Figures, chart and tables."""
    frame: Frame[PipelineRow] = Frame(
        page=PAGE,
        records="velocity-deals",
        by=report.question.by,
        columns=speed.COLUMNS,
        order=order_of(address.values.get("sort", ""), speed.COLUMNS, usual="-sales_velocity"),
        currency=organisation().base_currency,
        address=address,
    )
    question = report.question
    return {
        "kpis": speed.kpis_of(report, frame),
        "trend": speed.trend_of(report, currency=frame.currency),
        "table": frame.table(report.rows, report.total),
        "months": speed.by_month(report, address, currency=frame.currency),
        "steps": speed.steps_grid(step_stays(question), question.months, address),
        "stages": speed.stages_grid(stage_stays(question), question.months, address),
    }
