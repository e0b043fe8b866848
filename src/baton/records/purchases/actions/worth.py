"""What an order is worth in the company's currency, and how its state follows."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from baton.core.bulk import update_rows
from baton.core.money.queries import rates_into
from baton.core.money.rules import RateBook
from baton.core.settings.queries import organisation
from baton.records.purchases.models import Order
from baton.records.purchases.rules import state_of

WORTH = ("base_amount", "net_amount", "rate_on")


class Worth:
    """The rates and the days of the company, read once for many orders."""

    def __init__(self) -> None:
        company = organisation()
        self.book: RateBook = rates_into(company.base_currency)
        self.zone = ZoneInfo(company.zone)

    def settle(self, order: Order) -> None:
        """At the rate of the day it was placed, refunds too: what came in and went back is nil."""
        order.state = state_of(
            amount=order.amount,
            refunded=order.refunded,
            is_cancelled=order.cancelled_at is not None,
        )
        on = order.placed_at.astimezone(self.zone).date()
        left = Decimal(0) if order.cancelled_at else max(order.amount - order.refunded, Decimal(0))
        gross = self.book.in_base(order.amount, currency=order.currency, on=on)
        net = self.book.in_base(left, currency=order.currency, on=on)
        order.base_amount, order.rate_on = gross.amount, gross.rate_on
        order.net_amount = net.amount


@transaction.atomic
def value_orders(*, currency: str, on: date) -> int:
    """A rate of that day is known, another, or gone: orders placed since may be worth something
    else; says how many are."""
    worth = Worth()
    since = datetime.combine(on, time(), worth.zone)
    orders = Order.objects.select_for_update().filter(currency=currency)
    fresh = {}
    for order in orders.filter(placed_at__gte=since).order_by("pk"):
        before = [getattr(order, name) for name in WORTH]
        worth.settle(order)
        if before != [getattr(order, name) for name in WORTH]:
            fresh[order.pk] = {name: getattr(order, name) for name in WORTH}
    update_rows(Order, fresh, fields=WORTH)
    return len(fresh)
