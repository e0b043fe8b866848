"""Deals by name, company and person, for the palette."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.prepared import Prepared
from baton.core.search.finding import first_found
from baton.core.search.typed import Typed
from baton.core.ui.formats import money
from baton.core.ui.slots import MOST_OF_A_KIND, Command, Finder
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries import living_deals_seen


def _deals(user: Any) -> QuerySet[Any]:
    deals = living_deals_seen(user).only("key", "name", "amount", "currency")
    return deals.annotate(stands=F("stage__name"))


_FOUND: Prepared[Any] = Prepared(
    lambda user, text: first_found(_deals(user), text, most=MOST_OF_A_KIND)[:MOST_OF_A_KIND]
)
_OPENED: Prepared[Any] = Prepared(lambda user, keys: _deals(user).filter(key__in=keys))


def _of_deal(deal: Any) -> str:
    amount = "" if deal.amount is None else money(deal.amount, deal.currency, short=True)
    return " · ".join(word for word in (deal.stands, amount) if word)


FINDERS = (
    Finder(
        name="deal",
        label=_("Deals"),
        icon="deal",
        permission=VIEW_DEALS.name,
        page="deals:deal",
        found=lambda user, text: _FOUND.rows(user=user, text=Typed.of(text)),
        opened=lambda user, keys: _OPENED.rows(user=user, keys=keys),
        note=_of_deal,
        position=30,
    ),
)
COMMANDS = (
    Command(
        label=_("New deal"),
        url_name="deals:new",
        icon="plus",
        permission=EDIT_DEALS.name,
        position=30,
        also=_("Add create opportunity"),
        makes=True,
    ),
)
