"""Somebody new, a new company, and what a person said about being written to."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.editing.fields import Asking
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.people import actions
from baton.records.people.forms import CompanyForm, ConsentForm, PersonForm
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE
from baton.records.people.queries import emails_of
from baton.records.people.slots import company_entry_hints, person_entry_hints
from baton.records.people.views.fields import company_named
from baton.records.people.views.loading import company_or_404, person_or_404, read_key


@requires(EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def new_person(request: HtmxRequest) -> HttpResponse:
    """Added by hand: sales found them, or marketing did."""
    user = user_of(request)
    form = PersonForm(request.POST or None, user=user, initial=_at_company(request))
    known = None
    if form.is_valid():
        try:
            person = _create(form.cleaned_data, custom=form.own_said(), user=user)
        except actions.EmailTaken as taken:
            form.add_error("email", str(taken))
            known = Person.objects.visible_to(user).filter(pk=taken.person.pk).first()
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("%(name)s is added.") % {"name": person})
            return go(request, person.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "known": known, "hints": [hint() for hint in person_entry_hints]}
    return render(request, "people/new_person.html", context, status=status)


@requires(EDIT_COMPANIES)
@require_http_methods(["GET", "POST"])
def new_company(request: HtmxRequest) -> HttpResponse:
    """Added by hand."""
    user = user_of(request)
    form = CompanyForm(request.POST or None, user=user)
    known = None
    if form.is_valid():
        values = form.rest_said()
        domains, custom = [values.pop("domain")], form.own_said()
        try:
            company = actions.create_company(
                **values, domains=domains, custom=custom, by=user, at=timezone.now()
            )
        except actions.DomainTaken as taken:
            form.add_error("domain", str(taken))
            known = Company.objects.visible_to(user).filter(pk=taken.company.pk).first()
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("%(name)s is added.") % {"name": company})
            return go(request, company.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "known": known, "hints": [hint() for hint in company_entry_hints]}
    return render(request, "people/new_company.html", context, status=status)


@requires(EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def consent(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Write down a yes or a no that a colleague heard."""
    person, user = person_or_404(request, key, EDIT_PEOPLE), user_of(request)
    addresses = [row.address for row in emails_of([person.pk])[person.pk]]
    form = ConsentForm(request.POST or None, addresses=addresses)
    if form.is_valid():
        said = form.cleaned_data
        actions.record_consent(
            email=said["email"],
            purpose=said["purpose"],
            is_given=said["is_given"] == "yes",
            basis=said["basis"],
            wording=said["wording"],
            source=_("%(name)s, by hand") % {"name": user},
            by=user,
            at=timezone.now(),
        )
        say(request, _("Written down."))
        return go(request, person.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "person": person, "addresses": addresses}
    return render(request, "people/consent.html", context, status=status)


@transaction.atomic
def _create(values: dict[str, Any], *, custom: dict[str, Any], user: User) -> Person:
    """Whoever reaches only their own or their team's people owns whom they add."""
    at = timezone.now()
    return actions.create_person(
        at=at,
        by=user,
        origin=values["origin"],
        first_name=values["first_name"],
        last_name=values["last_name"],
        emails=[values["email"]],
        phones=[values["phone"]],
        job_title=values["job_title"],
        country=values["country"],
        company=company_named(values["company"], Asking(user=user, at=at)),
        owner=values.get("owner", user),
        custom=custom,
    )


def _at_company(request: HtmxRequest) -> dict[str, str]:
    """From a company's page the new person begins with that company."""
    key = read_key(request.GET.get("company", ""))
    return {"company": company_or_404(request, key).name} if key else {}
