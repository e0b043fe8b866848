"""The page of one customer."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.limits import read_masked
from baton.core.settings.queries import organisation, organisation_zone
from baton.core.ui.htmx import HtmxRequest
from baton.records.people.models import Company, Person
from baton.records.purchases.permissions import VIEW_PURCHASES
from baton.sales.customers.clocks import face_of
from baton.sales.customers.forms import (
    AskForm,
    ChurnForm,
    ContractForm,
    IssueForm,
    RenewForm,
    RhythmForm,
    SpokenForm,
    StepForm,
    ValueForm,
)
from baton.sales.customers.models import Customer, Step
from baton.sales.customers.permissions import DELETE_CUSTOMERS, EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import (
    bought_again,
    brief_of,
    due_again,
    favour_terms,
    subscription_of,
    terms,
    usual_second,
)
from baton.sales.customers.rules import Handover
from baton.sales.customers.views.answers import surveys_of
from baton.sales.customers.views.due import checkin_of
from baton.sales.customers.views.loading import customer_or_404, today
from baton.sales.customers.views.reviews import favours_of
from baton.sales.customers.words import (
    CHURN,
    HANDOVER_HUES,
    HANDOVERS,
    LEVELS,
    WHOSE,
    reasons_in_words,
)
from baton.sales.deals.models import Deal
from baton.sales.deals.queries.won import why_closed


@requires(VIEW_CUSTOMERS)
@require_GET
def customer(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that is known of them since they bought."""
    return page(request, customer_or_404(request, key))


def page(
    request: HtmxRequest,
    found: Customer,
    *,
    error: str = "",
    status: int = 200,
    forms: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """``forms``: what was refused, with what was typed."""
    if read_masked() and request.method == "POST":  # nothing is written any more
        found = customer_or_404(request, found.key)
    user = user_of(request)
    rows = Customer.objects.filter(pk=found.pk)
    context = {
        "customer": found,
        "error": error,
        "company": Company.objects.visible_to(user).filter(pk=found.company_id or 0).first(),
        "person": Person.objects.visible_to(user).filter(pk=found.person_id or 0).first(),
        "may_edit": rows.visible_to(user, EDIT_CUSTOMERS).exists(),
        "may_delete": rows.visible_to(user, DELETE_CUSTOMERS).exists(),
        "subscription": subscription_of(found) if user.may(VIEW_PURCHASES) else None,
        "token": uuid4().hex,
        **_bought(found, user=user),
        **_standing(found, now=timezone.now()),
        "surveys": surveys_of(found.pk),
        **favours_of(found, user=user, agreed=favour_terms()),
        **_second(found, user=user, at=timezone.now()),
        **_forms(found, forms or {}, user=user),
    }
    return render(request, "customers/customer.html", context, status=status)


def _second(found: Customer, *, user: User, at: datetime) -> dict[str, Any]:
    """Whether they bought again, are sold to, or when it is time to."""
    rows, second = Customer.objects.filter(pk=found.pk), usual_second()
    begun = found.started_at.astimezone(organisation_zone())
    whose = {"company": found.company} if found.company_id else {"person": found.person}
    return {
        "second": second,
        "again": {
            "is_done": bought_again(rows).exists(),
            "is_due": due_again(rows, second=second, at=at).exists(),
            "deal": Deal.objects.open().visible_to(user).filter(**whose).order_by("-pk").first(),
            "on": begun.date() + timedelta(days=second.days),
        },
    }


def _bought(found: Customer, *, user: User) -> dict[str, Any]:
    """The brief, and what of it the user may open."""
    brief = brief_of(found, user=user)
    return {
        "brief": brief,
        "deals": Deal.objects.visible_to(user).in_bulk([one.pk for one in brief.deals]),
        "won_reason": why_closed(brief.deal) if brief.deal else "",
        "base": organisation().base_currency,
    }


def _standing(found: Customer, *, now: datetime) -> dict[str, Any]:
    """How far the handover and the plan are, and how well they are."""
    agreed, on = terms(), now.astimezone(organisation_zone()).date()
    return {
        "state": HANDOVERS[found.handover],
        "state_hue": HANDOVER_HUES[found.handover],
        "clock": face_of(found, hours=hours_of(found.owner), now=now),
        "is_waiting": found.handover == Handover.WAITING,
        "is_accepted": found.handover == Handover.ACCEPTED,
        "level": LEVELS[found.health],
        "reasons": reasons_in_words(found.reasons),
        "churn_words": CHURN.get(found.churn_reason, ""),
        "value_days": value_days(found),
        "is_value_late": _is_value_late(found, on=on),
        "is_brief_late": found.brief_due_at is not None and found.brief_due_at < now,
        "parts": steps_of(found, today=on),
        **checkin_of(found, agreed=agreed, on=on),
    }


def _is_value_late(found: Customer, *, on: date) -> bool:
    """Whether the promised day of first value is, or was, missed."""
    return found.value_due_on is not None and (found.first_value_on or on) > found.value_due_on


def _forms(found: Customer, refused: Mapping[str, Form], *, user: User) -> dict[str, Any]:
    """All that stand on the page; refused ones as they were typed."""
    usual = {
        "step": StepForm(),
        "value": ValueForm(initial={"first_value_on": found.first_value_on}),
        "issue": IssueForm(initial={"issue": found.issue}),
        "contract": ContractForm(customer=found),
        "renew": RenewForm(customer=found),
        "churn": ChurnForm(day=today()),
        "rhythm": RhythmForm(customer=found),
        "spoken": SpokenForm(customer=found, user=user),
        "ask": AskForm(customer=found, user=user),
    }
    return {f"{name}_form": form for name, form in {**usual, **refused}.items()}


def steps_of(found: Customer, *, today: date) -> list[dict[str, Any]]:
    """The plan, what is due first on top; what is done below."""
    rows = Step.objects.living().filter(customer=found).select_related("done_by")
    ordered = sorted(rows, key=lambda one: (one.done_at is not None, one.due_on, one.pk))
    return [
        {
            "step": one,
            "whose": WHOSE[one.whose],
            "is_late": one.done_at is None and one.due_on < today,
        }
        for one in ordered
    ]


def value_days(found: Customer) -> int | None:
    """From the start to the first value; None: not yet."""
    if found.first_value_on is None:
        return None
    return (found.first_value_on - found.started_at.astimezone(organisation_zone()).date()).days
