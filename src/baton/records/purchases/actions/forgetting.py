"""Keys of other systems that are nobody's any more."""

from collections.abc import Collection

from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.queries import shop_names


def forget_purchases(*, source: str, keys: Collection[str]) -> None:
    """Of these keys those of orders in the trash are free: the same file makes new ones."""
    gone = Order.objects.filter(source__in=shop_names(source), external_id__in=keys)
    gone.exclude(deleted_at=None).update(external_id=None)


def forget_subscriptions(*, source: str, keys: Collection[str]) -> None:
    """The same of subscriptions."""
    gone = Subscription.objects.filter(source__in=shop_names(source), external_id__in=keys)
    gone.exclude(deleted_at=None).update(external_id=None)
