"""Cohorts: of the leads of each month or week, who reached a step within how long."""

from dataclasses import replace
from typing import Any

from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, list_page
from baton.insight.analytics.forms import CohortForm, CohortPeopleForm
from baton.insight.analytics.permissions import EXPORT_REPORTS, VIEW_REPORTS
from baton.insight.analytics.queries import (
    COHORT_STEPS,
    CohortQuestion,
    among,
    cohorts,
    group_named,
    people_of_cohort,
    today,
)
from baton.insight.analytics.rules import Span
from baton.insight.analytics.views import triangle
from baton.insight.analytics.views.addresses import Address, address_of
from baton.insight.analytics.views.asking import frame_of, refused
from baton.insight.analytics.views.exports import plain_csv
from baton.insight.analytics.views.narrowing import narrowings
from baton.insight.analytics.views.records import PEOPLE
from baton.insight.analytics.words import (
    COHORT_WORDS,
    SPAN_WORDS,
    cohort_words,
    group_label,
    period_words,
    span_words,
    step_label,
)
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person

PAGE, TITLE = "cohorts", gettext_lazy("Cohorts")
ASKED = ("unit", "of")


@requires(VIEW_REPORTS)
@require_GET
def cohorts_page(request: HtmxRequest) -> HttpResponse:
    """The triangle: a line a cohort, a column a month or week since they came."""
    form, address, user = CohortForm(request.GET), address_of(request.GET), user_of(request)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = cohorts(form.question(user=user))
    context = frame_of(form, address, page=PAGE, asked=ASKED)
    context |= _choices(report.question, address)
    context["export_url"] = address.to("cohorts-csv") if user.may(EXPORT_REPORTS) else ""
    if report.rows:
        context |= triangle.shown(report, address, on=today())
    return render(request, "analytics/cohorts.html", context)


@requires(EXPORT_REPORTS)
@require_GET
def cohorts_csv(request: HtmxRequest) -> HttpResponse:
    """Every cohort with people and shares; what has not begun stays empty."""
    form = CohortForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = cohorts(form.question(user=user_of(request)))
    name = f"cohorts-{report.question.step}-by-{report.question.span}"
    return plain_csv(triangle.head(report), triangle.lines(report, on=today()), name=name)


@requires(VIEW_REPORTS)
@require_GET
def people(request: HtmxRequest) -> HttpResponse:
    """The people whom one figure counts."""
    form = CohortPeopleForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    user, question = user_of(request), form.question(user=user_of(request))
    ids = people_of_cohort(question, **form.cell)
    rows = Person.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=among(ids))
    listing = _listing(question.step)
    context = {
        "list": list_page(request, listing, rows.select_related("company", "owner")),
        "title": _title(question, form.cell),
        "about": [period_words(form.period), _narrowed(question)],
        "report": TITLE,
        "report_url": address_of(request.GET).to(PAGE),
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


def _choices(question: CohortQuestion, address: Address) -> dict[str, Any]:
    """What else can be asked, and what is."""
    return {
        "step": step_label(question.step),
        "tabs": [
            (step_label(step), address.to(PAGE, step=step), step == question.step)
            for step in COHORT_STEPS
        ],
        "units": [
            (
                str(span),
                SPAN_WORDS[span],
                address.to(PAGE, unit=span, all=None),
                span == question.span,
            )
            for span in Span
        ],
        "narrowed": _narrowed(question) if question.group is not None else "",
        "wide_url": address.to(PAGE, of=None),
        "narrowings": narrowings(question),
        "all_url": address.to(PAGE, **dict.fromkeys(("from", "to", "of"))),
    }


def _narrowed(question: CohortQuestion) -> str:
    """All leads, or of which source or campaign."""
    if question.group is None:
        return _("All leads")
    return group_label(question.by, group_named(question.by, question.group).label)


def _title(question: CohortQuestion, cell: dict[str, Any]) -> str:
    """MQL within 3 months, Mar 2026."""
    figure, span = cell["figure"], question.span
    if figure == "leads":
        words = str(COHORT_WORDS["leads"])
    elif figure == "within":
        words = _("%(step)s within %(time)s") % {
            "step": step_label(question.step),
            "time": span_words(cell["within"], span),
        }
    else:
        words = f"{step_label(question.step)}: {COHORT_WORDS[figure]}"
    return f"{words}, {cohort_words(cell['began_on'], span)}" if cell["began_on"] else words


def _listing(step: str) -> Any:
    """The list, with the day on which each reached the step, as far as it is recorded."""
    label = _("Became %(stage)s") % {"stage": step_label(step)}
    column = Column(name="reached_at", label=label, kind="when")
    columns = (*PEOPLE.columns[:2], column, *PEOPLE.columns[2:])

    def prepare(rows: list[Any]) -> None:
        moves = StageChange.objects.filter(person__in=rows, to_stage=step, is_back=False)
        dates = dict(moves.values_list("person_id").annotate(Min("at")))
        for person in rows:
            person.reached_at = dates.get(person.pk)

    return replace(PEOPLE, columns=columns, prepare=prepare)
