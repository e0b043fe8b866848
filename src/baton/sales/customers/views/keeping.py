"""What is written down of one customer: the first value, an issue."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import IssueForm, ValueForm
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.views.loading import customer_or_404
from baton.sales.customers.views.records import page


@requires(EDIT_CUSTOMERS)
@require_POST
def first_value(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The day they first had use of it; empty takes it back."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    form = ValueForm(request.POST)
    return keep(
        request,
        found,
        form,
        name="value",
        act=lambda said: actions.set_first_value(
            customer=found, on=said["first_value_on"], by=user_of(request), at=timezone.now()
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def issue(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What is wrong, or in other words."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    form = IssueForm(request.POST)
    return keep(
        request,
        found,
        form,
        name="issue",
        act=lambda said: actions.open_issue(
            customer=found, issue=said["issue"], by=user_of(request), at=timezone.now()
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def solved(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Nothing is wrong any more."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    batch = actions.close_issue(customer=found, by=user_of(request), at=timezone.now())
    say(request, _("The issue is solved."), undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


def keep(
    request: HtmxRequest,
    found: Customer,
    form: Form,
    *,
    name: str,
    act: Callable[[dict[str, Any]], UUID],
    words: str = "",
) -> HttpResponse:
    """What was typed, or the page with what is wrong about it."""
    if form.is_valid():
        try:
            batch = act(form.cleaned_data)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, words or _("Saved."), undo_url=undo_of(batch))
            return go(request, found.get_absolute_url())
    return page(request, found, status=422, forms={name: form})
