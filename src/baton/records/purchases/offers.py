"""Triggers, and how purchases look on a timeline."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.facts import Fact
from baton.core.offers import Telling, TimelineEntry, Trigger
from baton.core.prepared import Prepared
from baton.records.purchases import events
from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.words import EACH, amount_words


def purchase_triggers() -> list[Trigger]:
    return [
        Trigger(label=gettext_lazy("A purchase is made"), fact=events.PurchaseMade),
        Trigger(label=gettext_lazy("A purchase is refunded"), fact=events.PurchaseRefunded),
        Trigger(label=gettext_lazy("A subscription starts"), fact=events.SubscriptionStarted),
        Trigger(label=gettext_lazy("A subscription is renewed"), fact=events.SubscriptionRenewed),
        Trigger(
            label=gettext_lazy("A subscription is cancelled"), fact=events.SubscriptionCancelled
        ),
    ]


def purchase_entries() -> list[TimelineEntry]:
    return [
        _entry(events.PurchaseMade, "money", _made, hue="green", is_milestone=True),
        _entry(events.PurchaseRefunded, "undo", _refunded, hue="amber"),
        _entry(events.PurchaseCancelled, "x", lambda fact: _("Purchase cancelled")),
        _entry(events.PurchaseReopened, "undo", lambda fact: _("Purchase not cancelled any more")),
        TimelineEntry(fact=events.PurchaseDeleted, is_hidden=True),
        TimelineEntry(fact=events.PurchaseRestored, is_hidden=True),
        _entry(events.SubscriptionStarted, "recycle", _started, hue="green", is_milestone=True),
        _entry(events.SubscriptionRenewed, "recycle", _renewed, hue="green"),
        _entry(events.SubscriptionCancelled, "x", _ended, hue="red"),
        TimelineEntry(fact=events.SubscriptionDeleted, is_hidden=True),
        TimelineEntry(fact=events.SubscriptionRestored, is_hidden=True),
    ]


def _entry(
    fact: type[Fact],
    icon: str,
    title: Callable[[Any], str],
    *,
    hue: str = "gray",
    is_milestone: bool = False,
) -> TimelineEntry:
    is_order = "order_id" in fact.__dataclass_fields__
    return TimelineEntry(
        fact=fact,
        icon=icon,
        hue=hue,
        title=title,
        detail=_detail,
        tell_many=_tell_orders if is_order else _tell_subscriptions,
        is_milestone=is_milestone,
    )


_ORDERS = Prepared(lambda ids: Order.objects.filter(pk__in=ids))
_SUBSCRIPTIONS = Prepared(lambda ids: Subscription.objects.filter(pk__in=ids))


def _tell_orders(facts: Sequence[Any]) -> Mapping[int, Telling]:
    """Which order, as a link."""
    orders = _ORDERS.by_id(ids={fact.order_id for fact in facts})
    return _told({fact.id: orders.get(fact.order_id) for fact in facts}, facts)


def _tell_subscriptions(facts: Sequence[Any]) -> Mapping[int, Telling]:
    found = _SUBSCRIPTIONS.by_id(ids={fact.subscription_id for fact in facts})
    return _told({fact.id: found.get(fact.subscription_id) for fact in facts}, facts)


def _told(
    rows: Mapping[int, Order | Subscription | None], facts: Sequence[Any]
) -> dict[int, Telling]:
    told = {}
    for fact in facts:
        row = rows[fact.id]
        if row is None or row.deleted_at:
            told[fact.id] = Telling(is_gone=True)
        else:
            told[fact.id] = Telling(url=row.get_absolute_url(), detail=_detail(fact) or str(row))
    return told


def _detail(fact: Any) -> str:
    if isinstance(fact, events.PurchaseRefunded):
        return fact.reason
    return getattr(fact, "title", "")


def _made(fact: events.PurchaseMade) -> str:
    return _("Bought for %(amount)s") % {"amount": amount_words(fact.amount, fact.currency)}


def _refunded(fact: events.PurchaseRefunded) -> str:
    return _("%(amount)s refunded") % {"amount": amount_words(fact.amount, fact.currency)}


def _started(fact: events.SubscriptionTold) -> str:
    return _("Subscription started, %(price)s") % {"price": _price(fact)}


def _renewed(fact: events.SubscriptionTold) -> str:
    return _("Subscription renewed, %(price)s") % {"price": _price(fact)}


def _ended(fact: events.SubscriptionTold) -> str:
    return _("Subscription cancelled")


def _price(fact: events.SubscriptionTold) -> str:
    amount = amount_words(fact.amount, fact.currency)
    return f"{amount} {EACH[fact.interval]}" if fact.interval in EACH else amount
