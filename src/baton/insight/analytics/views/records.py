"""Who is behind a figure: the people of the closed loop, the deals of the pipeline."""

from dataclasses import replace
from typing import cast

from django.db.models import Min
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, ListPage, list_page
from baton.core.words import label_of
from baton.insight.analytics.forms import DealsForm, PeopleForm
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries import (
    KEYED,
    Cell,
    Group,
    UnknownGroup,
    deals_in,
    group_named,
    people_behind,
)
from baton.insight.analytics.queries.drill import STEPS
from baton.insight.analytics.rules import STEPS as STAGES
from baton.insight.analytics.views import closed_loop, pipeline
from baton.insight.analytics.views.addresses import address_of
from baton.insight.analytics.views.asking import refused
from baton.insight.analytics.words import (
    BASES,
    COLUMNS,
    DEAL_COLUMNS,
    ONLY,
    STATES,
    group_label,
    period_words,
    reason_label,
)
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.queries import people_matching, people_matching_in_order
from baton.records.people.rules import Origin
from baton.sales.deals.models import Deal, DealQuerySet
from baton.sales.deals.queries import called


def _source_of(person: Person) -> str:
    """As the report counts it: the channel, or how the relation began without one."""
    return person.channel or ("" if person.origin == Origin.MARKETING else person.origin)


HUES = {"open": "blue", "won": "green", "lost": "gray"}
NOBODY = Empty(
    icon="people", text=gettext_lazy("Nobody is behind this figure in this period, or any more.")
)
PEOPLE = Listing(
    name="behind",
    columns=(
        Column(name="full_name", label=gettext_lazy("Name"), sort="sort_key"),
        Column(name="company", label=gettext_lazy("Company")),
        Column(
            name="stage",
            label=gettext_lazy("Lifecycle now"),
            value=lambda person: label_of(person.stage),
            on_phone=True,
        ),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
        Column(
            name="source",
            label=gettext_lazy("First source"),
            value=lambda person: group_label("source", _source_of(person)),
        ),
        Column(
            name="lead_at",
            label=gettext_lazy("Lead since"),
            kind="when",
            sort="lead_at",
            on_phone=True,
        ),
    ),
    order="-lead_at",
    search=people_matching,
    search_in_order=people_matching_in_order,
    second=lambda person: person.company.name if person.company else "",
    empty=NOBODY,
)
DEALS = Listing(
    name="behind",
    columns=(
        Column(name="name", label=gettext_lazy("Deal"), sort="sort_key"),
        Column(name="company", label=gettext_lazy("Company")),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=lambda deal: {"name": STATES[deal.state], "hue": HUES[deal.state]},
            on_phone=True,
        ),
        Column(
            name="amount",
            label=gettext_lazy("Amount"),
            kind="money",
            sort="base_amount",
            on_phone=True,
        ),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
        Column(name="opened_at", label=gettext_lazy("Opened"), kind="when"),
        Column(name="closed_at", label=gettext_lazy("Closed"), kind="when"),
    ),
    order="-amount",
    search=lambda deals, text: called(cast(DealQuerySet, deals), text),
    second=lambda deal: deal.company.name if deal.company else "",
    empty=Empty(icon="deal", text=gettext_lazy("No deal is behind this figure any more.")),
)


@requires(VIEW_REPORTS)
@require_GET
def people(request: HtmxRequest) -> HttpResponse:
    """The people whom one figure of the closed loop counts."""
    form = PeopleForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=closed_loop.PAGE, title=closed_loop.TITLE)
    user, question = user_of(request), form.question(user=user_of(request))
    group = _group(question.by, form.asked_group)
    cell = replace(form.cell, group=group.value)
    found = people_behind(question, cell)
    rows = Person.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=found)
    step = STEPS.get(cell.column, "")
    listing = _with_date(step) if step in STAGES[1:] else PEOPLE
    page = list_page(request, listing, rows.select_related("company", "owner"))
    _must_be_there(page, question.by, group)
    if listing is not PEOPLE:
        _add_dates(page, step)
    context = {
        "list": page,
        "title": _people_title(cell, group, by=question.by),
        "about": [period_words(form.period), str(BASES[question.basis])],
        "report": closed_loop.TITLE,
        "report_url": address_of(request.GET).to(closed_loop.PAGE),
        "also": _("Their purchases"),
        "also_url": address_of(request.GET).purchases(by=question.by, group=form.asked_group)
        if cell.column == "revenue"
        else "",
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


@requires(VIEW_REPORTS)
@require_GET
def deals(request: HtmxRequest) -> HttpResponse:
    """The deals that one figure of the pipeline counts."""
    form = DealsForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=pipeline.PAGE, title=pipeline.TITLE)
    user, question = user_of(request), form.question(user=user_of(request))
    group = _group(question.by, form.asked_group)
    ids = deals_in(question, column=form.chosen, group=group.value)
    rows = Deal.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=ids)
    page = list_page(request, DEALS, rows.select_related("company", "owner"))
    _must_be_there(page, question.by, group)
    context = {
        "list": page,
        "title": titled(str(DEAL_COLUMNS[form.chosen]), group, by=question.by),
        "about": [period_words(form.period)],
        "report": pipeline.TITLE,
        "report_url": address_of(request.GET).to(pipeline.PAGE),
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


def _group(by: str, key: str | None) -> Group:
    try:
        return group_named(by, key)
    except UnknownGroup as error:
        raise Http404 from error


def _must_be_there(page: ListPage, by: str, group: Group) -> None:
    """The name of a record is told to nobody who sees nothing of it."""
    if by in KEYED and group.value and not page.total and not page.text:
        raise Http404


def _with_date(step: str) -> Listing:
    """The list, with the day on which each reached that stage."""
    label = _("Became %(stage)s") % {"stage": label_of(step)}
    column = Column(name="reached_at", label=label, template="analytics/cells/reached.html")
    return replace(PEOPLE, columns=(*PEOPLE.columns[:2], column, *PEOPLE.columns[2:]))


def _add_dates(page: ListPage, step: str) -> None:
    """One query for the people on this page; who has none was inferred."""
    people = [row.object for row in page.rows]
    moves = StageChange.objects.filter(person__in=people, to_stage=step, is_back=False)
    dates = dict(moves.values_list("person_id").annotate(Min("at")))
    for person in people:
        person.reached_at = dates.get(person.pk)


def _people_title(cell: Cell, group: Group, *, by: str) -> str:
    """What the figure counts: SQLs, Organic search."""
    name = str(COLUMNS[cell.column])
    if cell.reason:
        name = f"{name}: {reason_label(cell.reason, kind=cell.kind)}"
    if cell.only:
        name = f"{name}, {ONLY[cell.only]}"
    return titled(name, group, by=by)


def titled(name: str, group: Group, *, by: str) -> str:
    return name if group.value is None else f"{name}, {group_label(by, group.label)}"
