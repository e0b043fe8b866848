"""What every screen here begins with: who asks, and for which record they may see."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.records.people.models import Company, Person
from baton.records.people.permissions import VIEW_COMPANIES, VIEW_PEOPLE
from baton.records.people.queries import with_parent


def user_of(request: HttpRequest) -> User:
    """The colleague at the screen; strangers were sent to sign in before any view."""
    return cast(User, request.user)


def person_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_PEOPLE) -> Person:
    """The person, when this user reaches them with the permission."""
    people = Person.objects.visible_to(user_of(request), permission)
    return get_object_or_404(people.select_related("company", "owner"), key=key)


def company_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_COMPANIES
) -> Company:
    """The company, when this user reaches it with the permission."""
    companies = Company.objects.visible_to(user_of(request), permission)
    found = with_parent(companies.select_related("owner"), user=user_of(request))
    return get_object_or_404(found, key=key)


def read_key(text: str) -> UUID | None:
    """A key out of an address or a form; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def came_from(request: HttpRequest, *, otherwise: str) -> str:
    """The screen on which the button was pressed, when it is one of ours."""
    back = request.headers.get("Referer", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else otherwise
