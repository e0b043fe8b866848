"""How the codes of purchases are called."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.ui.formats import money
from baton.records.purchases.models import Subscription
from baton.records.purchases.rules import BY_HAND, HookKind, Interval, OrderState

STATES: dict[str, Promise] = {
    OrderState.PAID: gettext_lazy("Paid"),
    OrderState.PARTLY_REFUNDED: gettext_lazy("Partly refunded"),
    OrderState.REFUNDED: gettext_lazy("Refunded"),
    OrderState.CANCELLED: gettext_lazy("Cancelled"),
}
STATE_HUES: dict[str, str] = {
    OrderState.PAID: "green",
    OrderState.PARTLY_REFUNDED: "amber",
    OrderState.REFUNDED: "gray",
    OrderState.CANCELLED: "gray",
}
EACH: dict[str, Promise] = {
    Interval.DAY: gettext_lazy("a day"),
    Interval.WEEK: gettext_lazy("a week"),
    Interval.MONTH: gettext_lazy("a month"),
    Interval.QUARTER: gettext_lazy("a quarter"),
    Interval.YEAR: gettext_lazy("a year"),
}
INTERVALS: dict[str, Promise] = {
    Interval.DAY: gettext_lazy("Day"),
    Interval.WEEK: gettext_lazy("Week"),
    Interval.MONTH: gettext_lazy("Month"),
    Interval.QUARTER: gettext_lazy("Quarter"),
    Interval.YEAR: gettext_lazy("Year"),
}


def source_words(source: str) -> str:
    """The shop as it is called here; what somebody wrote down came by hand."""
    return _("By hand") if source == BY_HAND else source


def amount_words(text: str, currency: str) -> str:
    """An amount of a fact as people write it; "" where it has none."""
    try:
        return money(Decimal(text), currency) if text else ""
    except InvalidOperation:
        return ""


def standing_badge(one: Subscription) -> dict[str, Any]:
    """Running, or until when."""
    if one.cancelled_at:
        return {"name": _("Cancelled"), "hue": "gray"}
    return {"name": _("Running"), "hue": "green"}


HOOK_KINDS: dict[str, Promise | str] = {
    HookKind.SHOPIFY: "Shopify",
    HookKind.WOOCOMMERCE: "WooCommerce",
    HookKind.STRIPE: "Stripe",
    HookKind.STANDARD: gettext_lazy("Standard Webhooks"),
}
