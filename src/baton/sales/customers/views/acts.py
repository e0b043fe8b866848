"""What is done to one customer; each act with its undo."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import GiveForm
from baton.sales.customers.permissions import DELETE_CUSTOMERS, EDIT_CUSTOMERS
from baton.sales.customers.views.loading import customer_or_404
from baton.sales.customers.views.records import page
from baton.sales.deals.models import Deal


@requires(EDIT_CUSTOMERS)
@require_POST
def accept(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Taken over."""
    found, batch = customer_or_404(request, key, EDIT_CUSTOMERS), new_key()
    try:
        actions.accept_customer(customer=found, by=user_of(request), at=timezone.now(), batch=batch)
    except RuleViolation as no:
        return page(request, found, error=str(no), status=409)
    words = _("%(who)s is yours. Call them next.") % {"who": found}
    say(request, words, undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(EDIT_CUSTOMERS)
@require_POST
def called(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The first call was made."""
    found, batch = customer_or_404(request, key, EDIT_CUSTOMERS), new_key()
    try:
        actions.note_call(customer=found, by=user_of(request), at=timezone.now(), batch=batch)
    except RuleViolation as no:
        return page(request, found, error=str(no), status=409)
    say(request, _("The handover is done."), undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(EDIT_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def give(request: HtmxRequest, key: UUID) -> HttpResponse:
    """To another owner, with what the seller says of them."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    form = GiveForm(request.POST or None, customer=found)
    if form.is_valid():
        owner = form.cleaned_data["owner"]
        try:
            batch = actions.give_customer(
                customer=found,
                owner=owner,
                note=form.cleaned_data["note"],
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            words = _("%(who)s looks after %(customer)s.") % {"who": owner.name, "customer": found}
            say(request, words, undo_url=undo_of(batch))
            return go(request, found.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "customer": found}
    return render(request, "customers/give.html", context, status=status)


@requires(DELETE_CUSTOMERS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with a way back."""
    found = customer_or_404(request, key, DELETE_CUSTOMERS)
    batch = actions.trash_customer(customer=found, by=user_of(request), at=timezone.now())
    say(request, _("%(who)s is in the trash.") % {"who": found}, undo_url=undo_of(batch))
    return go(request, reverse("customers:customers"))


@requires(EDIT_CUSTOMERS)
@require_POST
def start(request: HtmxRequest, key: UUID) -> HttpResponse:
    """By hand, of a deal that was won before Baton handed customers over."""
    user = user_of(request)
    deal = get_object_or_404(Deal.objects.living().visible_to(user, EDIT_CUSTOMERS), key=key)
    batch = new_key()
    try:
        made = actions.start_customer(deal=deal, by=user, at=timezone.now(), batch=batch)
    except RuleViolation as no:
        say(request, str(no))
        return go(request, deal.get_absolute_url())
    say(request, _("%(who)s is a customer.") % {"who": made}, undo_url=undo_of(batch))
    return go(request, made.get_absolute_url())
