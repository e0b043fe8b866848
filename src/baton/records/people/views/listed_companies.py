"""The list of companies: its columns and groups."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baton.core.access.groups import by_any_owner
from baton.core.access.models import User
from baton.core.colleagues.interests import FOLLOWING, among_followed
from baton.core.fields.listed import own_parts
from baton.core.filters.listed import ListFilter
from baton.core.settings.queries import organisation
from baton.core.ui.cells import CellEdits
from baton.core.ui.grouping import by_name
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing
from baton.core.ui.marks import named
from baton.core.ui.spans import by_spans
from baton.records.people.models import Company
from baton.records.people.permissions import (
    EDIT_COMPANIES,
)
from baton.records.people.queries import (
    companies_matching,
    companies_matching_in_order,
    company_ids_matching,
    revenue_in,
    with_parent,
    with_people_count,
)
from baton.records.people.views import taken
from baton.records.people.views.controls import shown_revenue
from baton.records.people.views.listed_beside import (
    BY_GRADE,
    DOMAIN,
    GRADE,
    TAGS,
    Beside,
    by_stage,
    spare,
)
from baton.records.people.words import stage_badge


def _name_of_company(name: Any, company: Company) -> str:
    return named(company.name, company.get_absolute_url(), company.industry, is_square=True)


def companies_asked(user: User, asked: Mapping[str, Any]) -> QuerySet[Company]:
    """All whom this user may see, or those that they follow."""
    seen = Company.objects.visible_to(user)
    seen = among_followed(seen, asked, user=user, object_type="company")
    rows = with_people_count(seen, user=user)
    return with_parent(rows.select_related("owner"), user=user)


def companies_opened(user: User) -> QuerySet[Company]:
    """Those of the list as it opens; their parents are brought beside."""
    return with_people_count(Company.objects.visible_to(user), user=user).select_related("owner")


def companies_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s company matches", "%(n)s companies match", count) % {"n": said}


def _revenue() -> Combinable:
    return revenue_in(organisation().base_currency, on=timezone.localdate())


def _prepare_companies(companies: list[Any]) -> None:
    Beside(companies)


COMPANIES = Listing(
    name="companies",
    columns=(
        Column(name="name", label=_("Name"), sort="sort_key", draw=_name_of_company),
        Column(name="industry", label=_("Industry"), edit="industry"),
        Column(
            name="stage",
            label=_("Lifecycle"),
            term="lifecycle",
            kind="badge",
            on_phone=True,
            value=lambda company: stage_badge(company.stage) if company.stage else None,
        ),
        Column(
            name="people_count",
            label=_("People"),
            kind="number",
            on_phone=True,
            adds="people_count",
        ),
        Column(
            name="employee_count",
            label=_("Employees"),
            kind="number",
            edit="employee_count",
            sort="employee_count",
            adds="employee_count",
        ),
        Column(name="score", label=_("Score"), kind="score", sort="score", is_spare=True),
        GRADE,
        Column(name="city", label=_("City"), edit="city"),
        Column(name="country", label=_("Country"), edit="country"),
        Column(name="owner", label=_("Owner"), kind="owner", edit="owner"),
        TAGS,
        DOMAIN,
        spare(
            "annual_revenue",
            _("Revenue a year"),
            kind="figure",
            value=shown_revenue,
            adds=_revenue,
            adds_money=True,
        ),
        spare("territory", _("Territory"), sort="territory"),
        spare("phone", _("Phone")),
        spare("street", _("Street")),
        spare("postcode", _("Postcode")),
        spare("region", _("Region")),
        spare("parent", _("Belongs to"), value=lambda company: company.parent or ""),
        spare("linkedin", _("LinkedIn")),
        spare("x", "X"),
        spare("website", _("Website")),
    ),
    order="name",
    prepare=_prepare_companies,
    search=companies_matching,
    search_in_order=companies_matching_in_order,
    search_ids=company_ids_matching,
    is_worded=True,
    second=lambda company: company.industry,
    actions="editing/bulk.html",
    empty=Empty(
        icon="company",
        text=_("Companies appear here with their first person, or when you add one."),
    ),
    rows=companies_asked,
    filters=(Filter(name=FOLLOWING, label=_("I follow"), is_tab=True),),
    more=own_parts("company"),
    asks=ListFilter(object_type="company", found=companies_found),
    groupings=(
        by_any_owner(),
        by_stage("company"),
        Grouping(
            name="industry",
            label=_("Industry"),
            field="industry",
            named=by_name,
            empty=_("No industry"),
        ),
        Grouping(
            name="territory",
            label=_("Territory"),
            field="territory",
            named=by_name,
            empty=_("No territory"),
        ),
        Grouping(
            name="country",
            label=_("Country"),
            field="country",
            named=by_name,
            empty=_("No country"),
        ),
        BY_GRADE,
        *by_spans(Company, "created_at", _("Added")),
    ),
    more_columns=taken.OF_COMPANY,
    prepare_more=taken.prepare_companies,
    edits=CellEdits(
        url_name="people:edit-company",
        among=lambda user: Company.objects.visible_to(user, EDIT_COMPANIES),
    ),
)
