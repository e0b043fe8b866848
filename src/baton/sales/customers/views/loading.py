"""Who asks, and for which customer."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.settings.queries import organisation_zone
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import VIEW_CUSTOMERS


def customer_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_CUSTOMERS
) -> Customer:
    rows = Customer.objects.visible_to(user_of(request), permission)
    return get_object_or_404(
        rows.select_related("company", "person", "owner", "seller", "deal"), key=key
    )


def today() -> date:
    """The company's."""
    return timezone.now().astimezone(organisation_zone()).date()
