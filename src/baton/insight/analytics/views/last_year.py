"""Your last year: what an import of leads with activities says of how leads were worked."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.home.following import stands_at_once
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, moment_words
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import list_page
from baton.core.ui.slots import way_in
from baton.insight.analytics.forms import LastYearForm, LastYearPeopleForm
from baton.insight.analytics.permissions import EXPORT_REPORTS, VIEW_REPORTS
from baton.insight.analytics.plain.last_year import last_year_lines
from baton.insight.analytics.queries import (
    KEYED,
    Arrival,
    LastYear,
    UnknownGroup,
    among,
    group_named,
    last_year,
    people_of_last_year,
    proposed_terms,
)
from baton.insight.analytics.rules import Period
from baton.insight.analytics.rules.last_year import BEFORE
from baton.insight.analytics.views.addresses import Address, address_of
from baton.insight.analytics.views.asking import frame_of, refused
from baton.insight.analytics.views.exports import plain_csv
from baton.insight.analytics.views.records import PEOPLE
from baton.insight.analytics.views.waits import GAP_WORDS, band_words, slot_words
from baton.insight.analytics.views.worked import Shown, agreement_url
from baton.insight.analytics.views.worked_grids import Grids
from baton.insight.analytics.words import LAST_YEAR_WORDS, days_words, group_label, period_words
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS
from baton.records.people.models import Person

PAGE, TITLE = "last-year", gettext_lazy("Your last year")


@requires(VIEW_REPORTS)
@require_GET
@stands_at_once(TITLE)
def last_year_page(request: HtmxRequest) -> HttpResponse:
    """Who was never called, how long the others waited, what won, and what to agree on."""
    form, address, user = LastYearForm(request.GET), address_of(request.GET), user_of(request)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    report = last_year(form.question(user=user))
    context = frame_of(form, address, page=PAGE, asked=("import",))
    context |= _of_days(report) | _imports(report, address, form)
    context["export_url"] = address.to("last-year-csv") if user.may(EXPORT_REPORTS) else ""
    context["all_url"] = address.to(PAGE, **dict.fromkeys(("from", "to", "import")))
    context["import_url"] = way_in(user)
    context["next_url"] = context["import_url"] or reverse("people:list")
    context["gaps"] = [GAP_WORDS[gap] for gap in report.gaps]
    if report.total.leads:
        context |= _shown(report, address) | _agreement(report, user)
    return render(request, "analytics/last_year.html", context)


@requires(EXPORT_REPORTS)
@require_GET
def last_year_csv(request: HtmxRequest) -> HttpResponse:
    """By source, by rep and by speed, with the total."""
    form = LastYearForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    head, *lines = last_year_lines(last_year(form.question(user=user_of(request))))
    return plain_csv(head, lines, name="last-year")


@requires(VIEW_REPORTS)
@require_GET
def people(request: HtmxRequest) -> HttpResponse:
    """The leads whom one figure counts."""
    form = LastYearPeopleForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=PAGE, title=TITLE)
    user, asked = user_of(request), form.cleaned_data
    by, figure = asked["by"] or "source", asked["figure"] or "leads"
    question = form.question(user=user).with_days()
    try:
        group = group_named(by, form.asked_group)
    except UnknownGroup as error:
        raise Http404 from error
    ids = people_of_last_year(question, figure=figure, by=by, group=group.value)
    if not ids and group.value and by in KEYED:
        raise Http404  # the name of a record is told to nobody who sees nothing of it
    rows = Person.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=among(ids))
    listing = replace(PEOPLE, name="worked")
    title = str(LAST_YEAR_WORDS[figure])
    if group.value is not None:
        title = f"{title}, {_group_words(by, group.label)}"
    context = {
        "list": list_page(request, listing, rows.select_related("company", "owner")),
        "title": title,
        "about": [period_words(Period(question.from_on, question.to_on))],
        "report": TITLE,
        "report_url": address_of(request.GET).to(PAGE, by=None),
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


def _group_words(by: str, label: str) -> str:
    if by == "speed":
        return band_words(label, is_hourly=True)
    return slot_words(label, is_hourly=True) if by == "slot" else group_label(by, label)


def _of_days(report: LastYear) -> dict[str, Any]:
    """The days that are meant, also where none were asked for."""
    period = Period(report.question.from_on, report.question.to_on)
    return {
        "period": period,
        "period_words": days_words(period),
        "days_words": days_words(period),
        "undated": report.question.undated,
    }


def _imports(report: LastYear, address: Address, form: LastYearForm) -> dict[str, Any]:
    """Which import it is about, and what else can be chosen."""
    now, batch = timezone.now(), report.question.batch
    found = [
        (str(one.batch), _import_words(one, now=now), one.batch == batch)
        for one in form.of_import.arrivals
    ]
    return {
        "imports": found,
        "is_everybody": batch is None,
        "is_one_import": batch is not None,
        "latest_url": address.to(PAGE, **{"import": None}),
        "everybody_url": address.to(PAGE, **{"import": "all"}),
        "chosen": next((words for _key, words, is_it in found if is_it), ""),
    }


def _import_words(arrival: Arrival, *, now: datetime) -> str:
    words = ngettext(
        "Import of %(when)s, %(n)s person", "Import of %(when)s, %(n)s people", arrival.count
    )
    return words % {
        "when": moment_words(arrival.at, now=now, is_inside=True),
        "n": grouped(arrival.count),
    }


def _shown(report: LastYear, address: Address) -> dict[str, Any]:
    """Figures, charts and tables."""
    shown = Shown(report, address, organisation().base_currency)
    grids = Grids(shown)
    return {
        "kpis": shown.kpis(),
        "histogram": shown.histogram(),
        "speed": shown.speed(),
        "by_speed": grids.by_speed(),
        "speed_note": _beside_speed(report),
        "by_rep": grids.by_rep(),
        "by_source": grids.by_source(),
        "sources_said": shown.sources_said(),
        "table": True,
    }


def _beside_speed(report: LastYear) -> str:
    """Leads who stand in no row of the speed of answer, so that its rows and the whole tally."""
    n = next((row.leads for row in report.slots if row.group == BEFORE), 0)
    words = ngettext(
        "%(n)s more lead has no speed: all that was done with them was before the day they came.",
        "%(n)s more leads have no speed: all that was done with them was before the day they came.",
        n,
    )
    return words % {"n": grouped(n)} if n else ""


def _agreement(report: LastYear, user: User) -> dict[str, Any]:
    """What the rates propose; who may not change the agreement reads it all the same."""
    terms = proposed_terms(report)
    values = terms.values()
    may = user.may(MANAGE_HANDOFFS) and bool(values)
    goal, arithmetic = terms.goal, terms.arithmetic
    return {
        "terms": terms,
        "values": values,
        "currency": organisation().base_currency,
        "revenue_goal": Decimal(goal.revenue) if goal else None,
        "average_deal": Decimal(goal.average_deal) if goal else None,
        "rate": float(arithmetic.rate) if arithmetic else None,
        "band": band_words(terms.band, is_hourly=report.is_hourly) if terms.band else "",
        "agreement_url": agreement_url(values) if may else "",
    }
