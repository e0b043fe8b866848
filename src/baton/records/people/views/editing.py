"""One field of a person or a company, edited on its page or in a list."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.editing.custom import custom_fields, edited_values
from baton.core.editing.fields import RecordField
from baton.core.editing.inplace import Edit
from baton.core.limits import hidden
from baton.core.ui.htmx import HtmxRequest
from baton.records.people import actions
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE
from baton.records.people.views.fields import COMPANY_FIELDS, PERSON_FIELDS
from baton.records.people.views.listed_companies import COMPANIES
from baton.records.people.views.listed_people import PEOPLE
from baton.records.people.views.loading import company_or_404, person_or_404

SHOWN = "people/shown.html"


@requires(EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def edit_person_field(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One field of a person."""
    field = _field_or_404(PERSON_FIELDS, name, object_type="person")
    user = user_of(request)
    return Edit(
        request=request,
        user=user,
        field=field,
        load=lambda: person_or_404(request, key, EDIT_PEOPLE),
        hand_on=lambda person, value, batch: actions.edit_person(
            person=person,
            values=edited_values(person, name, value),
            version=person.version,
            by=user,
            at=timezone.now(),
            batch=batch,
        ),
        address=reverse("people:edit-person", args=[key, name]),
        list_url=reverse("people:list"),
        shown=SHOWN,
        listing=PEOPLE,
    ).answer()


@requires(EDIT_COMPANIES)
@require_http_methods(["GET", "POST"])
def edit_company_field(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One field of a company."""
    field = _field_or_404(COMPANY_FIELDS, name, object_type="company")
    user = user_of(request)
    return Edit(
        request=request,
        user=user,
        field=field,
        load=lambda: company_or_404(request, key, EDIT_COMPANIES),
        hand_on=lambda company, value, batch: actions.edit_company(
            company=company,
            values=value if isinstance(value, dict) else edited_values(company, name, value),
            version=company.version,
            by=user,
            at=timezone.now(),
            batch=batch,
        ),
        address=reverse("people:edit-company", args=[key, name]),
        list_url=reverse("people:companies"),
        shown=SHOWN,
        listing=COMPANIES,
    ).answer()


def _field_or_404(fields: Mapping[str, RecordField], name: str, *, object_type: str) -> RecordField:
    known = fields.get(name) or custom_fields(object_type).get(name)
    if known is None or name in hidden(object_type):
        raise Http404
    return known
