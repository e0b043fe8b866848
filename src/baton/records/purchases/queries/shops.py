"""Under which names a shop's orders are known: files and deliveries of one shop meet."""

from collections.abc import Collection, Sequence

from baton.records.purchases.models import Hook, Order, Subscription
from baton.records.purchases.rules import HookKind


def shop_names(source: str) -> list[str]:
    """The name for what is new, then the others that this shop goes by.

    A file says of which system it is, a shop that tells us itself has a name of its own: where only
    one shop of the system does, that is the same shop. Two of one system stay apart.
    """
    hooks = Hook.objects.living()
    kind = source if source in set(HookKind) else _kind_of(source)
    if not kind:
        return [source]
    names = list(hooks.filter(kind=kind).values_list("source", flat=True)[:2])
    return list(dict.fromkeys([*names, kind])) if len(names) == 1 else [source]


def _kind_of(source: str) -> str:
    kinds = Hook.objects.living().filter(source=source).values_list("kind", flat=True)
    return kinds.first() or ""


def orders_called(names: Sequence[str], keys: Collection[str]) -> dict[str, Order]:
    """Orders by their keys in a shop that goes by any of these names; those in the trash, too."""
    rows = Order.objects.filter(source__in=names, external_id__in=keys)
    return {one.external_id or "": one for one in rows}


def subscriptions_called(names: Sequence[str], keys: Collection[str]) -> dict[str, Subscription]:
    """The same of subscriptions."""
    rows = Subscription.objects.filter(source__in=names, external_id__in=keys)
    return {one.external_id or "": one for one in rows}
