"""Steps of the onboarding: those of one customer, and all that are owed in a list."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation_zone
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.marks import badge, said
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import StepForm
from baton.sales.customers.models import Step
from baton.sales.customers.permissions import EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.views.keeping import keep
from baton.sales.customers.views.loading import customer_or_404
from baton.sales.customers.views.records import page
from baton.sales.customers.words import WHOSE

TABS = {
    "": gettext_lazy("Late"),
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("Mine"),
}


def _today() -> Any:
    return timezone.now().astimezone(organisation_zone()).date()


def _name(_value: Any, step: Step) -> str:
    late = badge(_("Late"), "red") if step.due_on < _today() else ""
    link = f'<a href="{step.get_absolute_url()}">{said(step.name)}</a>'
    second = f'<span class="second">{said(step.customer)}</span>'
    return SafeString(f"<span>{link} {late}{second}</span>")


def _matching(rows: QuerySet[Step], text: str) -> QuerySet[Step]:
    return rows.filter(name__icontains=text.strip())


LISTING = Listing(
    name="customer-steps",
    columns=(
        Column(name="name", label=gettext_lazy("Step"), draw=_name, plain=str),
        Column(
            name="customer", label=gettext_lazy("Customer"), value=lambda one: str(one.customer)
        ),
        Column(name="whose", label=gettext_lazy("Whose step"), value=lambda one: WHOSE[one.whose]),
        Column(
            name="due_on", label=gettext_lazy("Due on"), kind="day", sort="due_on", on_phone=True
        ),
        Column(
            name="owner",
            label=gettext_lazy("Owner"),
            value=lambda one: one.customer.owner.name if one.customer.owner else "",
        ),
    ),
    order="due_on",
    search=_matching,
    empty=Empty(
        icon="check",
        text=gettext_lazy("No step is owed here."),
        url=reverse_lazy("customers:customers"),
        action=gettext_lazy("See customers"),
    ),
)


@requires(VIEW_CUSTOMERS)
@require_GET
def listed(request: HtmxRequest) -> HttpResponse:
    """What is owed: late steps first, or all that are open."""
    user, tab = user_of(request), request.GET.get("view", "")
    rows = Step.objects.visible_to(user).filter(done_at=None)
    if tab == "mine":
        rows = rows.filter(customer__owner=user)
    elif tab != "open":
        rows = rows.late(_today())
    rows = rows.select_related("customer__company", "customer__person", "customer__owner")
    context = {
        "list": list_page(request, LISTING, rows),
        "tabs": list(TABS.items()),
        "tab": tab if tab in TABS else "",
    }
    return page_or_partial(request, "customers/steps.html", "list", context)


@requires(EDIT_CUSTOMERS)
@require_POST
def begin(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The plan of the template, for who has none yet."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    try:
        batch = actions.begin_plan(customer=found, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        return page(request, found, error=str(no), status=409)
    say(request, _("The plan begins today."), undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(EDIT_CUSTOMERS)
@require_POST
def add(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One more, for this customer alone."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    return keep(
        request,
        found,
        StepForm(request.POST),
        name="step",
        act=lambda said: actions.add_step(
            customer=found,
            name=said["name"],
            whose=said["whose"],
            on=said["due_on"],
            by=user_of(request),
            at=timezone.now(),
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def tick(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Done, or open again."""
    step = _step(request, key)
    is_done = request.POST.get("done") != "no"
    batch = actions.set_step(step=step, is_done=is_done, by=user_of(request), at=timezone.now())
    if batch:
        words = _("Done: %(step)s") if is_done else _("Open again: %(step)s")
        say(request, words % {"step": step.name}, undo_url=undo_of(batch))
    return go(request, step.get_absolute_url())


@requires(EDIT_CUSTOMERS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Out of this customer's plan, with a way back."""
    step = _step(request, key)
    batch = actions.remove_step(step=step, by=user_of(request), at=timezone.now())
    say(request, _("“%(step)s” is removed.") % {"step": step.name}, undo_url=undo_of(batch))
    return go(request, step.get_absolute_url())


def _step(request: HttpRequest, key: UUID) -> Step:
    rows = Step.objects.visible_to(user_of(request), EDIT_CUSTOMERS)
    return get_object_or_404(rows.select_related("customer"), key=key)
