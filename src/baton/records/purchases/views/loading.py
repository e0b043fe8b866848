"""Who asks, and for which record."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.access.visibility import one_by_key
from baton.core.search.finding import first_found
from baton.core.search.typed import asked_for
from baton.core.settings.queries import organisation_zone
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.permissions import VIEW_PURCHASES

FOUND = 12  # people and as many companies are offered to choose from


def order_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_PURCHASES) -> Order:
    seen = Order.objects.visible_to(user_of(request), permission)
    return get_object_or_404(seen.select_related("person", "company"), key=key)


def subscription_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_PURCHASES
) -> Subscription:
    seen = Subscription.objects.visible_to(user_of(request), permission)
    return get_object_or_404(seen.select_related("person", "company"), key=key)


def today() -> date:
    return timezone.now().astimezone(organisation_zone()).date()


def buyer_asked(request: HttpRequest) -> dict[str, Any]:
    """The person or the company that the address names, as far as this user sees them."""
    user = user_of(request)
    person = one_by_key(Person.objects.visible_to(user), request.GET.get("person", ""))
    company = one_by_key(Company.objects.visible_to(user), request.GET.get("company", ""))
    return {"person": person, "company": company or (person.company if person else None)}


def buyers_to_choose(request: HttpRequest) -> dict[str, Any]:
    """Whoever is called so; without a word the people of the latest touches."""
    user = user_of(request)
    text = asked_for(request.GET)
    people, companies = Person.objects.visible_to(user), Company.objects.visible_to(user)
    latest = F("latest_touch_at").desc(nulls_last=True)
    touched = people.filter(latest_touch_at__isnull=False).order_by(latest, "-pk")
    found = first_found(people, text, most=FOUND) if text else touched
    named = first_found(companies, text, most=FOUND) if text else companies.none()
    return {
        "text": text,
        "people": found.select_related("company")[:FOUND],
        "companies": named[:FOUND],
    }
