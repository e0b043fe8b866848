"""What revenue is: won deals, and purchases that belong to none of them."""

from django.db.models import Exists, OuterRef

from baton.records.purchases.models import Order, OrderQuerySet
from baton.sales.deals.models import Deal, DealOrder, DealQuerySet
from baton.sales.deals.rules import StageKind


def deals_won() -> DealQuerySet:
    """All that are won, whenever."""
    return Deal.objects.living().filter(state=StageKind.WON)


def sold_apart() -> OrderQuerySet:
    """Purchases that belong to no deal that is won: revenue beside those deals."""
    paid = DealOrder.objects.filter(
        order=OuterRef("pk"), deal__state=StageKind.WON, deal__deleted_at=None
    )
    return Order.objects.standing().filter(~Exists(paid))
