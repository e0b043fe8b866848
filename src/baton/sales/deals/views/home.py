"""What deals show on the first page of the day."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.doors import user_of
from baton.core.home.slots import LOOKERS, MANAGERS, OWNERS, SELLERS, Counts, HomeBlock, HomePlace
from baton.core.limits import hidden
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, money
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries import (
    Sight,
    View,
    Whose,
    Worth,
    at_risk,
    month_so_far,
    stuck,
    views_open_to,
)
from baton.sales.deals.views.cards import buyer_of, sign_of, sign_words
from baton.sales.deals.views.loading import sight_of
from baton.sales.deals.words import ATTENTION_HUES

FEW = 5
MONTH: dict[View, Promise] = {
    View.WON_NOW: gettext_lazy("Won this month"),
    View.CLOSING: gettext_lazy("Can close this month"),
    View.OPEN: gettext_lazy("Open pipeline"),
    View.NO_STEP: gettext_lazy("No next step"),
}
TERMS = {View.WON_NOW: "won-amount", View.CLOSING: "open-pipeline", View.OPEN: "open-pipeline"}


@dataclass(frozen=True, kw_only=True)
class Figure:
    label: str | Promise
    value: str
    note: str
    url: str
    hue: str = ""
    term: str = ""


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """A deal, and in two words what is wrong with it."""

    deal: Deal
    buyer: str
    words: str
    hue: str


def month_block(request: HttpRequest) -> str:
    """One's own month; of who leads others theirs, with what lies in each stage."""
    sight = _sight(request)
    found = month_so_far(sight)
    is_own = sight.whose is Whose.MINE
    context = {
        "figures": [
            _figure(view, found.views[view], sight=sight)
            for view in MONTH
            if view in views_open_to(sight.user)
        ],
        "stages": [] if is_own else found.stages,
        "currency": organisation().base_currency,
        "sees_amounts": _tells_amounts(),
        "board_url": f"{reverse('deals:deals')}?{urlencode({'whose': sight.whose.value})}",
    }
    return render_to_string("deals/home_month.html", context, request=request)


def _figure(view: View, worth: Worth, *, sight: Sight) -> Figure:
    deals = ngettext("%(n)s deal", "%(n)s deals", worth.count) % {"n": grouped(worth.count)}
    amount = money(worth.amount, organisation().base_currency, short=True)
    is_step, is_told = view is View.NO_STEP, _tells_amounts()
    note = (_("worth %(amount)s") % {"amount": amount} if is_step else deals) if is_told else ""
    return Figure(
        label=MONTH[view],
        value=amount if is_told and not is_step else grouped(worth.count),
        note=note,
        url=_list_url(sight, view),
        term=TERMS.get(view, ""),
        hue="amber" if is_step and worth.count else "",
    )


def _tells_amounts() -> bool:
    return "amount" not in hidden("deal")


_CALM = gettext_lazy("No open deal of a known amount is without a next step, late or idle.")


def stuck_block(request: HttpRequest) -> str:
    """Deals without a next step, overdue or gone quiet; to who leads others the largest first."""
    sight = _sight(request)
    is_own = sight.whose is Whose.MINE
    by_turn = is_own or not _tells_amounts()
    deals = (stuck if by_turn else at_risk)(sight, most=FEW)
    context = {
        "title": _("Deals that need you") if is_own else _("Deals at risk"),
        "calm": _("No open deal needs you now.") if by_turn else _CALM,
        "rows": [_stuck(deal, sight=sight) for deal in deals],
        "is_own": is_own or "owner" in hidden("deal"),
        "sees_amounts": _tells_amounts(),
        "url": _list_url(sight, View.OPEN),
        "may_open": sight.user.may(EDIT_DEALS),
    }
    return render_to_string("deals/home_stuck.html", context, request=request)


def _stuck(deal: Deal, *, sight: Sight) -> Stuck:
    sign = sign_of(deal, sight=sight)
    return Stuck(
        deal=deal,
        buyer=buyer_of(deal),
        words=sign_words(sign, deal=deal, sight=sight),
        hue=ATTENTION_HUES.get(sign, "gray"),
    )


def _sight(request: HttpRequest) -> Sight:
    """A seller's own deals; the others look as far as they may."""
    is_seller = user_of(request).role in SELLERS
    return sight_of(request, QueryDict("whose=mine" if is_seller else ""))


def _list_url(sight: Sight, view: View) -> str:
    asked = {"as": "table", "whose": sight.whose.value, "view": view.value}
    return f"{reverse('deals:deals')}?{urlencode(asked)}"


BLOCKS = (
    HomeBlock(
        name="month",
        render=month_block,
        place=HomePlace.TOP,
        order=30,
        permission=VIEW_DEALS.name,
        roles=SELLERS | MANAGERS | OWNERS | LOOKERS,
        counts=Counts(title=gettext_lazy("Pipeline by stage"), desk=189, phone=384),
    ),
    HomeBlock(
        name="stuck_deals",
        render=stuck_block,
        place=HomePlace.MAIN,
        order=40,
        permission=VIEW_DEALS.name,
        roles=SELLERS | MANAGERS | OWNERS,
    ),
)
