from decimal import Decimal
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration import actions
from baton.operations.administration.forms import RateForm
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.administration.queries import Waiting, rates_known, waiting_for_rates

PAGE = 50  # rates


@requires(MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def rates(request: HtmxRequest) -> HttpResponse:
    """The known rates, and the form for one: of a day that has one already it is corrected."""
    base = organisation().base_currency
    form = RateForm(request.POST or None, base=base, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        rate, batch = actions.save_rate(**form.cleaned_data, by=by, at=timezone.now())
        words = {
            "currency": rate.currency,
            "rate": _figure(rate.rate),
            "base": base,
            "day": date_format(rate.on, "j M Y"),
        }
        say(
            request,
            _("On %(day)s 1 %(currency)s is %(rate)s %(base)s.") % words,
            undo_url=undo_of(batch),
        )
        return redirect("administration:rates")
    page = Paginator(rates_known(), PAGE).get_page(request.GET.get("page"))
    rows = [(rate, _figure(rate.rate)) for rate in page.object_list]
    waiting = [(row, _words(row)) for row in waiting_for_rates()]
    context = {"form": form, "base": base, "page": page, "rows": rows, "waiting": waiting}
    status = 422 if form.errors else 200
    return render(request, "administration/rates.html", context, status=status)


@requires(MANAGE_SETTINGS)
@require_POST
def remove_rate(request: HtmxRequest, rate: int) -> HttpResponse:
    known = get_object_or_404(rates_known(), pk=rate)
    batch = actions.remove_rate(rate=known, by=cast(User, request.user), at=timezone.now())
    say(request, _("The rate is removed."), undo_url=undo_of(batch))
    return redirect("administration:rates")


def _figure(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _words(row: Waiting) -> str:
    parts = []
    if row.deal_count:
        deals = ngettext("%(n)s deal", "%(n)s deals", row.deal_count)
        parts.append(deals % {"n": grouped(row.deal_count)})
    if row.cost_count:
        costs = ngettext("%(n)s cost", "%(n)s costs", row.cost_count)
        parts.append(costs % {"n": grouped(row.cost_count)})
    return _("No rate of %(currency)s is known for the days of %(what)s.") % {
        "currency": row.currency,
        "what": ", ".join(parts),
    }


def _asked_for(request: HtmxRequest) -> dict[str, Any]:
    """What the link "Correct" beside a rate puts into the form; else today."""
    asked = {name: request.GET.get(name, "") for name in ("currency", "on", "rate")}
    return {**asked, "on": asked["on"] or timezone.localdate()}
