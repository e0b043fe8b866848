"""How customers are asked for reviews and referrals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import FavourTermsForm
from baton.sales.customers.permissions import MANAGE_CUSTOMERS
from baton.sales.customers.queries import favour_terms


@requires(MANAGE_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def asking(request: HtmxRequest) -> HttpResponse:
    """Where a review is written, and when the same may be asked again."""
    form = FavourTermsForm(request.POST or None, agreed=favour_terms())
    if form.is_valid():
        try:
            batch = actions.save_favour_terms(
                values=form.values(),
                version=form.cleaned_data["version"],
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."), undo_url=undo_of(batch))
            return go(request, reverse("customers:asking"))
    status = 422 if request.method == "POST" else 200
    return render(request, "customers/asking.html", {"form": form}, status=status)
