"""Behind the figures of velocity: the deals, and the people who made a step."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import dateformat
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import list_page
from baton.insight.analytics.forms import PACES, PeriodForm, VelocityDealsForm, VelocityPeopleForm
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries import (
    KEYED,
    UnknownGroup,
    among,
    deals_of_stage,
    deals_of_velocity,
    group_named,
    people_of_step,
    today,
)
from baton.insight.analytics.views import velocity
from baton.insight.analytics.views.addresses import address_of
from baton.insight.analytics.views.asking import refused
from baton.insight.analytics.views.records import DEALS, PEOPLE, titled
from baton.insight.analytics.words import VELOCITY_WORDS, period_words, way_words
from baton.records.people.models import Person
from baton.sales.deals.models import Deal, Stage


@requires(VIEW_REPORTS)
@require_GET
def deals(request: HtmxRequest) -> HttpResponse:
    """The deals that a figure counts, or those that left a stage."""
    form = VelocityDealsForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=velocity.PAGE, title=velocity.TITLE)
    user = user_of(request)
    title, ids = _asked(form, user=user)
    rows = Deal.objects.living().visible_to(user, VIEW_REPORTS).filter(pk__in=among(ids))
    if not ids and form.cleaned_data["group"] and _by(form) in KEYED:
        raise Http404  # the name of a record is told to nobody who sees nothing of it
    page = list_page(request, DEALS, rows.select_related("company", "owner"))
    return _shown(request, form, page, title=title)


@requires(VIEW_REPORTS)
@require_GET
def people(request: HtmxRequest) -> HttpResponse:
    """The people whose days from one step to the next are counted."""
    form = VelocityPeopleForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=velocity.PAGE, title=velocity.TITLE)
    user, step = user_of(request), form.cleaned_data["step"] or PACES[0]
    question = form.question(user=user, on=today())
    ids = people_of_step(question, step=step, month=form.cleaned_data["month"])
    rows = Person.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=among(ids))
    listing = replace(PEOPLE, name="sped")
    page = list_page(request, listing, rows.select_related("company", "owner"))
    return _shown(request, form, page, title=way_words(step))


def _by(form: VelocityDealsForm) -> str:
    return form.cleaned_data["by"] or "rep"


def _asked(form: VelocityDealsForm, *, user: Any) -> tuple[str, list[int]]:
    """What the deals are called, and their ids."""
    asked, question = form.cleaned_data, form.question(user=user, on=today())
    if asked["stage"]:
        stage = get_object_or_404(Stage, key=asked["stage"])
        return stage.name, deals_of_stage(question, stage=stage.pk, month=asked["month"])
    try:
        group = group_named(question.by, form.asked_group)
    except UnknownGroup as error:
        raise Http404 from error
    column = asked["column"] or "won"
    ids = deals_of_velocity(question, column=column, group=group.value, month=asked["month"])
    called = "stood" if asked["month"] and column == "open" else column
    return titled(str(VELOCITY_WORDS[called]), group, by=question.by), ids


def _shown(request: HtmxRequest, form: PeriodForm, page: Any, *, title: str) -> HttpResponse:
    month: date | None = form.cleaned_data["month"]
    context = {
        "list": page,
        "title": title,
        "about": [dateformat.format(month, "F Y") if month else period_words(form.period)],
        "report": velocity.TITLE,
        "report_url": address_of(request.GET).to(velocity.PAGE),
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)
