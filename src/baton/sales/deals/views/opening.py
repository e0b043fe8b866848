"""A new deal: first with whom, then what."""

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.access.visibility import one_by_key
from baton.core.errors import RuleViolation
from baton.core.search.finding import first_found
from baton.core.search.typed import asked_for
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.people.models import Company, Person
from baton.sales.deals import actions
from baton.sales.deals.forms import OpenDealForm
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import pipeline_by_key, qualifier_for

FOUND = 12  # people and as many companies are offered to choose from


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """Without ``person`` or ``company`` in the address: choose one; then the form."""
    user = user_of(request)
    person = one_by_key(Person.objects.living().visible_to(user), request.GET.get("person", ""))
    company = one_by_key(Company.objects.living().visible_to(user), request.GET.get("company", ""))
    if person is None and company is None:
        return _choose(request, user)
    if pipeline_by_key("") is None:
        actions.ensure_default_pipeline()
    buyer = {"person": person, "company": company or (person.company if person else None)}
    currency = organisation().base_currency
    if request.method == "GET":
        name = buyer["company"] or person
        form = OpenDealForm(user=user, currency=currency, name=str(name))
        return render(request, "deals/new.html", {"form": form, **buyer})
    form = OpenDealForm(request.POST, user=user, currency=currency)
    deal = _open(form, user=user, **buyer) if form.is_valid() else None
    if deal is None:
        context = {"form": form, **buyer}
        return page_or_partial(request, "deals/new.html", "form", context, status=422)
    say(request, _("“%(deal)s” is open.") % {"deal": deal.name})
    return go(request, deal.get_absolute_url())


def _open(
    form: OpenDealForm, *, user: User, person: Person | None, company: Company | None
) -> Deal | None:
    """None when the rules said no: the form then says why."""
    values = form.rest_said()
    token = values.pop("token") or ""
    owner = values.get("owner") or user
    try:
        return actions.open_deal(
            person=person,
            company=company,
            qualifier=qualifier_for(person, owner=owner, user=user),
            role=person.buying_role if person else "",
            client_token=token,
            by=user,
            at=timezone.now(),
            custom=form.own_said(),
            **values,
        )
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return None


def _choose(request: HtmxRequest, user: User) -> HttpResponse:
    text = asked_for(request.GET)
    people = Person.objects.living().visible_to(user)
    companies = Company.objects.living().visible_to(user)
    latest = F("latest_touch_at").desc(nulls_last=True)
    touched = people.filter(latest_touch_at__isnull=False).order_by(latest, "-pk")
    found = first_found(people, text, most=FOUND) if text else touched
    named = first_found(companies, text, most=FOUND) if text else companies.none()
    context: dict[str, Any] = {
        "text": text,
        "people": found.select_related("company")[:FOUND],
        "companies": named[:FOUND],
    }
    return page_or_partial(request, "deals/choose.html", "found", context)
