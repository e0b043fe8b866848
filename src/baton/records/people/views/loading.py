"""What every screen here begins with: who asks, and for which record they may see."""

from collections.abc import Callable
from functools import cache, wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.prepared import Prepared
from baton.core.ui.htmx import HtmxRequest
from baton.records.people.models import Company, CompanyIdentity, Identity, Person
from baton.records.people.permissions import VIEW_COMPANIES, VIEW_PEOPLE
from baton.records.people.queries.reached import person_reached


def person_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_PEOPLE) -> Person:
    """The person, when this user reaches them with the permission."""
    found = person_reached(key, user=user_of(request), permission=permission)
    if found is None:
        raise Http404
    return found


def company_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_COMPANIES
) -> Company:
    """The company, when this user reaches it with the permission."""
    user = user_of(request)
    found = _companies(permission).first(user=user, key=key)
    if found is None:
        raise Http404
    if found.parent_id:  # one that this user does not see is none
        parent = _PARENT.first(user=user, pk=found.parent_id)
        found._state.fields_cache["parent"] = parent
    return found


@cache
def _companies(permission: Permission) -> Prepared[Company]:
    """What finds a company for those who have the permission."""
    return Prepared(
        lambda user, key: (
            Company.objects.visible_to(user, permission).filter(key=key).select_related("owner")[:1]
        )
    )


_PARENT = Prepared(lambda user, pk: Company.objects.visible_to(user).filter(pk=pk)[:1])


def taken_in_by(request: HttpRequest, key: UUID) -> Person | Company | None:
    """Who the record of this key is by now, if this user sees them; None for one never merged."""
    user = user_of(request)
    of_person = Identity.objects.filter(old_id__in=Person.objects.filter(key=key).values("pk"))
    if person := Person.objects.visible_to(user).filter(pk__in=of_person.values("person")).first():
        return person
    of_company = CompanyIdentity.objects.filter(
        old_id__in=Company.objects.filter(key=key).values("pk")
    )
    return Company.objects.visible_to(user).filter(pk__in=of_company.values("company")).first()


View = Callable[[HtmxRequest, UUID], HttpResponse]


def leads_on(page: View) -> View:
    """The page of a record that was merged leads to the one that it is by now."""

    @wraps(page)
    def leading(request: HtmxRequest, key: UUID) -> HttpResponse:
        try:
            return page(request, key)
        except Http404:
            record = taken_in_by(request, key)
            if record is None:
                raise
            return redirect(record)

    return leading


def read_key(text: str) -> UUID | None:
    """A key out of an address or a form; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
