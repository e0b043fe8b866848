"""How undo and history read orders, refunds and subscriptions, and write them back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Verb
from baton.core.changes.actions import trash_rows
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.records.purchases.actions.by_hand import (
    bring_orders_back,
    bring_refunds_back,
    put_orders_away,
    put_refunds_away,
    write_order_back,
)
from baton.records.purchases.actions.hooks import bring_hooks_back
from baton.records.purchases.actions.subscriptions import (
    bring_subscriptions_back,
    put_subscriptions_away,
    write_subscription_back,
)
from baton.records.purchases.models import Hook, Order, Refund, Subscription
from baton.records.purchases.permissions import DELETE_PURCHASES, EDIT_PURCHASES, MANAGE_HOOKS


def _permission(verb: Verb) -> Permission:
    return DELETE_PURCHASES if verb is Verb.DELETE else EDIT_PURCHASES


def _write_nothing(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """No field of theirs is edited."""


ORDER = Tracked(
    object_type="order",
    label="Purchase",
    read=partial(read_fields, Order),
    write=write_order_back,
    trash=put_orders_away,
    restore=bring_orders_back,
    reach=lambda user, verb: Order.objects.reached_by(user, _permission(verb)),
)
REFUND = Tracked(
    object_type="refund",
    label="Refund",
    read=partial(read_fields, Refund),
    write=_write_nothing,
    trash=put_refunds_away,
    restore=bring_refunds_back,
    # Who may refund may take it back: it is their own act, and the order stays.
    reach=lambda user, _verb: Refund.objects.reached_by(user, EDIT_PURCHASES),
    has_trash=False,
)
SUBSCRIPTION = Tracked(
    object_type="subscription",
    label="Subscription",
    read=partial(read_fields, Subscription),
    write=write_subscription_back,
    trash=put_subscriptions_away,
    restore=bring_subscriptions_back,
    reach=lambda user, verb: Subscription.objects.reached_by(user, _permission(verb)),
)
HOOK = Tracked(
    object_type="hook",
    label="Shop",
    read=partial(read_fields, Hook),
    write=_write_nothing,
    trash=lambda ids, by, at: trash_rows(Hook.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: bring_hooks_back(list(ids)),
    reach=lambda user, _verb: Hook.objects.all() if user.may(MANAGE_HOOKS) else Hook.objects.none(),
)
