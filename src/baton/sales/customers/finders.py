"""Customers by the words of their company or of who bought, for the palette."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.prepared import Prepared
from baton.core.search.finding import found_through
from baton.core.search.typed import Typed
from baton.core.ui.formats import day_words
from baton.core.ui.slots import MOST_OF_A_KIND, Finder
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import VIEW_CUSTOMERS
from baton.sales.customers.views.loading import today
from baton.sales.customers.words import LEVELS

SHOWN = ("key", "health", "contract_ends_on", "company__name", "person__full_name")


def _customers(user: Any) -> QuerySet[Any]:
    return Customer.objects.visible_to(user).select_related("company", "person").only(*SHOWN)


def _called(rows: QuerySet[Any], text: Typed) -> QuerySet[Any]:
    return found_through(rows, text, ways=("company", "person"), most=MOST_OF_A_KIND)


def _note(customer: Customer) -> str:
    """How they are, and until when their contract runs."""
    told = [str(LEVELS[customer.health])]
    if customer.contract_ends_on:
        day = day_words(customer.contract_ends_on, today=today(), is_inside=True)
        told.append(_("contract ends %(day)s") % {"day": day})
    return " · ".join(told)


_FOUND: Prepared[Any] = Prepared(
    lambda user, text: _called(_customers(user), text)[:MOST_OF_A_KIND]
)
_OPENED: Prepared[Any] = Prepared(lambda user, keys: _customers(user).filter(key__in=keys))
FINDERS = (
    Finder(
        name="customer",
        label=gettext_lazy("Customers"),
        icon="won",
        permission=VIEW_CUSTOMERS.name,
        page="customers:customer",
        found=lambda user, text: _FOUND.rows(user=user, text=Typed.of(text)),
        opened=lambda user, keys: _OPENED.rows(user=user, keys=keys),
        note=_note,
        position=35,
    ),
)
