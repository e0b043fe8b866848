"""Whom a key speaks for, and the records that it reaches."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.problems import Problem
from baton.sales.deals.models import Deal, DealQuerySet
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS


def deals_seen(request: HttpRequest, permission: Permission = VIEW_DEALS) -> DealQuerySet:
    reached = Deal.objects.living().visible_to(user_of(request), permission)
    return reached.select_related("stage", "person", "company", "owner")


def deal_or_404(request: HttpRequest, key: UUID, permission: Permission = EDIT_DEALS) -> Deal:
    return get_object_or_404(deals_seen(request, permission), key=key)


def one_of(rows: QuerySet[Any], key: UUID | None, name: str) -> Any:
    """The row of that key; None for none. Raises Problem 422 for a key that names nothing here."""
    if key is None:
        return None
    found = rows.filter(key=key).first()
    if found is None:
        raise Problem(422, f"{name}: there is none with this key that you may see.")
    return found
