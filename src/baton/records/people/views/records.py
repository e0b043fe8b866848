"""The page of a person and the page of a company."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.access.visibility import reaches
from baton.core.addresses import address
from baton.core.colleagues.interests import interest_in
from baton.core.editing.custom import custom_fields, under_headings
from baton.core.editing.fields import Prop, RecordField
from baton.core.files.queries import shown_files
from baton.core.prepared import Prepared
from baton.core.ui.htmx import HtmxRequest
from baton.records.people.models import Company, CompanyExternalId, Person, PersonExternalId
from baton.records.people.permissions import (
    DELETE_COMPANIES,
    DELETE_PEOPLE,
    EDIT_COMPANIES,
    EDIT_PEOPLE,
    VIEW_COMPANIES,
    VIEW_PEOPLE,
)
from baton.records.people.queries import (
    campaigns_called,
    colleagues_at,
    companies_within,
    consents_said,
    emails_of,
)
from baton.records.people.slots import (
    CompanyAction,
    CompanyPanel,
    PersonAction,
    PersonPanel,
    Place,
    company_actions,
    company_panels,
    person_actions,
    person_panels,
)
from baton.records.people.views.fields import COMPANY_FIELDS, PERSON_FIELDS
from baton.records.people.views.loading import company_or_404, leads_on, person_or_404
from baton.records.people.words import (
    ORIGINS,
    basis_label,
    channel_label,
    purpose_label,
    stage_badge,
)

AT_HAND = 8  # colleagues shown beside a person; the company's page has them all
AT_COMPANY = 50
_COMPANY_IDS = Prepared(
    lambda company: CompanyExternalId.objects.filter(company=company).order_by("source")
)
_IDS = Prepared(lambda person: PersonExternalId.objects.filter(person=person).order_by("source"))


@requires(VIEW_PEOPLE)
@require_GET
@leads_on
def person(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that is known of somebody, and what other modules show of them."""
    person, user = person_or_404(request, key), user_of(request)
    may_edit = reaches(user, person, EDIT_PEOPLE)
    others = colleagues_at(person.company, user=user, limit=AT_HAND + 1) if person.company else []
    emails = emails_of([person.pk])[person.pk]
    props = _props(
        person,
        PERSON_FIELDS | custom_fields("person"),
        user=user,
        may_edit=may_edit,
        url_name="people:edit-person",
    )
    context = {
        "person": person,
        "stage": stage_badge(person.stage),
        "channel": channel_label(person.channel),
        "campaign": campaigns_called([person.campaign]).get(person.campaign, ""),
        "origin": ORIGINS.get(person.origin, person.origin),
        **_folded(props),
        "consents": _consents(row.normalised for row in emails),
        "external_ids": _IDS.rows(person=person.pk),
        "mixed": [row.address for row in emails if row.is_mixed],
        "colleagues": [other for other in others if other != person][:AT_HAND],
        "may_edit": may_edit,
        "may_delete": reaches(user, person, DELETE_PEOPLE),
        "files": shown_files("person", person),
        "interest": interest_in(user, "person", person),
        "panels": _panels(request, person, person_panels),
        "actions": _actions(person, person_actions, user=user),
    }
    return render(request, "people/person.html", context)


@requires(VIEW_COMPANIES)
@require_GET
@leads_on
def company(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that is known of a company, its people, and what other modules show of it."""
    company, user = company_or_404(request, key), user_of(request)
    may_edit = reaches(user, company, EDIT_COMPANIES)
    props = _props(
        company,
        COMPANY_FIELDS | custom_fields("company"),
        user=user,
        may_edit=may_edit,
        url_name="people:edit-company",
    )
    context = {
        "company": company,
        "stage": stage_badge(company.stage) if company.stage else None,
        **_folded(props),
        "external_ids": _COMPANY_IDS.rows(company=company.pk),
        "people": colleagues_at(company, user=user, limit=AT_COMPANY),
        "within": companies_within(company, user=user, limit=AT_COMPANY),
        "may_edit": may_edit,
        "may_add_people": user.may(EDIT_PEOPLE),
        "may_delete": reaches(user, company, DELETE_COMPANIES),
        "files": shown_files("company", company),
        "interest": interest_in(user, "company", company),
        "panels": _panels(request, company, company_panels),
        "actions": _actions(company, company_actions, user=user),
    }
    return render(request, "people/company.html", context)


def _props(
    record: Person | Company,
    fields: Mapping[str, RecordField],
    *,
    user: User,
    may_edit: bool,
    url_name: str,
) -> list[Prop]:
    limits = user.limits(record.masked_as)
    return [
        Prop(
            field=field,
            record=record,
            edit_url=address(url_name, record.key, field.name)
            if may_edit and field.name not in limits.read_only
            else "",
        )
        for field in fields.values()
        if field.name not in limits.hidden
    ]


def _folded(props: list[Prop]) -> dict[str, Any]:
    """Empty fields are folded away: what is known comes first."""
    details = [prop for prop in props if prop.field.group == "details" and not prop.field.heading]
    return {
        "props": [prop for prop in details if prop.text],
        "empty_props": [prop for prop in details if not prop.text],
        "source_props": [prop for prop in props if prop.field.group == "source"],
        "own_groups": under_headings(props),
    }


def _consents(emails: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "purpose": purpose_label(row.purpose),
            "basis": basis_label(row.basis),
            "is_unconfirmed": row.basis == row.UNCONFIRMED,
        }
        for row in consents_said(emails)
    ]


def _panels(
    request: HttpRequest, record: Any, panels: Iterable[PersonPanel | CompanyPanel]
) -> dict[str, list[str]]:
    """The HTML of every panel that this user may see, by place, in order, without empty ones."""
    user = user_of(request)
    drawn: dict[str, list[str]] = defaultdict(list)
    for panel in sorted(panels, key=lambda panel: panel.order):
        if panel.place != Place.CALL and (not panel.permission or user.may(panel.permission)):
            html = panel.render(request, record)
            if html:
                drawn[str(panel.place)].append(html)
    return drawn


def _actions(
    record: Any, actions: Iterable[PersonAction | CompanyAction], *, user: User
) -> list[tuple[PersonAction | CompanyAction, str]]:
    """The buttons that this user may press, with their addresses, in order."""
    open_to = [one for one in actions if not one.permission or user.may(one.permission)]
    in_order = sorted(open_to, key=lambda one: one.order)
    return [(one, url) for one in in_order if (url := one.url(record))]
