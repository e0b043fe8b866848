"""All customers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.groups import by_owner
from baton.core.access.models import User
from baton.core.filters.addresses import written
from baton.core.filters.listed import ListFilter
from baton.core.saved.shown import views_of
from baton.core.ui.grouping import Grouping
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Listing, list_page
from baton.core.ui.marks import badge, said
from baton.core.ui.spans import by_spans
from baton.records.people.permissions import VIEW_PEOPLE
from baton.sales.customers.models import Customer, CustomerQuerySet
from baton.sales.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import (
    bought_again,
    checkins_due,
    customers_matching,
    due_again,
    favour_terms,
    repeat_rate,
    to_ask,
    usual_second,
    value_of,
)
from baton.sales.customers.rules import Handover, Level
from baton.sales.customers.views.answers import figures_of
from baton.sales.customers.views.loading import today
from baton.sales.customers.views.reviews import favour_sums
from baton.sales.customers.words import HANDOVER_HUES, HANDOVERS, LEVELS, reasons_in_words

VIEWS = {
    "": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "waiting": gettext_lazy("To be taken over"),
    "late": gettext_lazy("Handover late"),
    "risk": gettext_lazy("At risk"),
    "watch": gettext_lazy("Watch"),
    "checkin": gettext_lazy("Check-in due"),
    "ask": gettext_lazy("To ask"),
    "sell": gettext_lazy("To sell again"),
    "again": gettext_lazy("Bought again"),
}


NARROWED: dict[str, Callable[[CustomerQuerySet, User], CustomerQuerySet]] = {
    "mine": lambda rows, user: rows.filter(owner=user),
    "waiting": lambda rows, user: rows.filter(handover__in=[Handover.WAITING, Handover.ACCEPTED]),
    "late": lambda rows, user: rows.late(timezone.now()),
    "risk": lambda rows, user: rows.filter(health=Level.RED),
    "watch": lambda rows, user: rows.filter(health=Level.AMBER),
    "checkin": lambda rows, user: checkins_due(rows, today=today()),
    "ask": lambda rows, user: to_ask(rows, at=timezone.now(), agreed=favour_terms()),
    "sell": lambda rows, user: due_again(rows, second=usual_second(), at=timezone.now()),
    "again": lambda rows, user: bought_again(rows),
}


def customers_asked(user: User, asked: QueryDict) -> QuerySet[Customer]:
    """What the tab of the address means, as far as this user sees it."""
    rows, narrowed = Customer.objects.visible_to(user), NARROWED.get(asked.get("view", ""))
    if narrowed:
        rows = narrowed(rows, user)
    return rows.select_related("company", "person", "owner", "seller")


def _found(count: int, said_count: str) -> str:
    words = ngettext("%(n)s customer matches", "%(n)s customers match", count)
    return words % {"n": said_count}


def name_cell(_value: Any, row: Customer) -> str:
    second = row.person if row.company_id and row.person_id else None
    below = f'<span class="second">{said(second)}</span>' if second else ""
    late = badge(gettext_lazy("Late"), "red") if _is_late(row) else ""
    link = f'<a href="{row.get_absolute_url()}">{said(row)}</a>'
    return SafeString(f"<span>{link} {late}{below}</span>")


def _is_late(row: Customer) -> bool:
    due = row.due_at
    return due is not None and due < timezone.now()


def _handover(row: Customer) -> dict[str, Any]:
    return {"name": HANDOVERS[row.handover], "hue": HANDOVER_HUES[row.handover]}


LISTING = Listing(
    name="customers",
    columns=(
        Column(
            name="name", label=gettext_lazy("Customer"), term="customer", draw=name_cell, plain=str
        ),
        Column(
            name="health",
            label=gettext_lazy("Health"),
            term="health",
            kind="badge",
            sort="health",
            value=lambda row: {"name": LEVELS[row.health], "hue": row.health},
            on_phone=True,
        ),
        Column(
            name="why",
            label=gettext_lazy("Why"),
            value=lambda row: ", ".join(words for words, _hue in reasons_in_words(row.reasons)),
        ),
        Column(
            name="handover",
            label=gettext_lazy("Handover"),
            kind="badge",
            value=_handover,
        ),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
        Column(
            name="seller",
            label=gettext_lazy("Sold by"),
            value=lambda row: row.seller.name if row.seller else "",
        ),
        Column(
            name="contacted_at",
            label=gettext_lazy("Latest word"),
            kind="when",
            sort="contacted_at",
        ),
        Column(
            name="checkin_on",
            label=gettext_lazy("Next check-in"),
            term="check-in",
            kind="day",
            sort="checkin_on",
        ),
        Column(
            name="first_value_on",
            label=gettext_lazy("First value"),
            term="first-value",
            kind="day",
            sort="first_value_on",
        ),
        Column(
            name="started_at",
            label=gettext_lazy("Customer since"),
            kind="when",
            sort="started_at",
        ),
    ),
    order="-started_at",
    search=customers_matching,
    filters=(Filter(name="view", knows=set(VIEWS).__contains__, is_tab=True),),
    rows=customers_asked,
    asks=ListFilter(object_type="customer", found=_found),
    groupings=(
        Grouping(
            name="health",
            label=gettext_lazy("Health"),
            field="health",
            named=lambda values: {one: LEVELS[one] for one in LEVELS if one in values},
            empty=gettext_lazy("No health"),
        ),
        Grouping(
            name="handover",
            label=gettext_lazy("Handover"),
            field="handover",
            named=lambda values: {one: HANDOVERS[one] for one in HANDOVERS if one in values},
            empty=gettext_lazy("Without handover"),
        ),
        by_owner(),
        *by_spans(Customer, "started_at", gettext_lazy("Customer since")),
    ),
    empty=Empty(
        icon="won",
        text=gettext_lazy(
            "Who bought stands here from the moment a deal is won, with who looks after them."
        ),
        url=reverse_lazy("deals:deals"),
        action=gettext_lazy("Open deals"),
    ),
)


def _people_url() -> str:
    """Reports count people, of a company all who bought: whom they mean."""
    bought = {"field": "person.stage", "op": "in", "value": ["customer", "evangelist"]}
    asked = urlencode({"filter": written({"all": [bought]})})
    return f"{reverse('people:list')}?{asked}"


@requires(VIEW_CUSTOMERS)
@require_GET
def customers(request: HtmxRequest) -> HttpResponse:
    """The list that the address asks for."""
    user = user_of(request)
    context = {
        "list": list_page(request, LISTING, customers_asked(user, request.GET)),
        "views": views_of(request, LISTING),
        "tabs": list(VIEWS.items()),
        "value": value_of(user),
        "repeat": repeat_rate(user),
        "second": usual_second(),
        "figures": figures_of(user),
        "favour_sums": favour_sums(user),
        "tab": request.GET.get("view", ""),
        "people_url": _people_url() if user.may(VIEW_PEOPLE) else "",
        "may_manage": user.may(MANAGE_CUSTOMERS),
    }
    return page_or_partial(request, "customers/list.html", "list", context)
