"""Purchases beside deals: which belong together, and which may."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.purchases.models import Order, OrderQuerySet
from baton.records.purchases.permissions import VIEW_PURCHASES
from baton.sales.deals.models import Deal, DealQuerySet

OFFERED = 5


def deal_of_order(order: Order, *, user: User) -> Deal | None:
    """The deal that it belongs to, if this user sees it."""
    deals = Deal.objects.living().visible_to(user)
    return deals.filter(order_links__order=order).first()


def deals_for_order(order: Order, *, user: User) -> QuerySet[Deal]:
    """Which deals of the buyer it may belong to, the won ones first: offered, never guessed."""
    state = Case(When(state="won", then=Value(0)), default=Value(1), output_field=IntegerField())
    deals: DealQuerySet = Deal.objects.living().visible_to(user)
    theirs = deals.filter(_same_buyer(order.person_id, order.company_id)).exclude(state="lost")
    return theirs.annotate(turn=state).order_by("turn", "-closed_at", "-pk")[:OFFERED]


def orders_of_deal(deal: Deal, *, user: User) -> list[Order]:
    return _OF_DEAL.rows(user=user, deal=deal.pk)


def orders_for_deal(deal: Deal, *, user: User) -> list[Order]:
    """Purchases of the same buyer that belong to no deal."""
    return _FOR_DEAL.rows(user=user, person=deal.person_id, company=deal.company_id)


def _in_order(orders: OrderQuerySet) -> OrderQuerySet:
    return orders.order_by("-placed_at", "-pk")


_OF_DEAL = Prepared(
    lambda user, deal: _in_order(
        Order.objects.visible_to(user, VIEW_PURCHASES).filter(deal_link__deal=deal)
    )
)
_FOR_DEAL = Prepared(
    lambda user, person, company: _in_order(
        Order.objects.visible_to(user, VIEW_PURCHASES)
        .standing()
        .filter(_same_buyer(person, company), deal_link=None)
    )[:OFFERED]
)


def _same_buyer(person: int | None, company: int | None) -> Q:
    same = Q(pk__in=[])
    if person:
        same |= Q(person=person)
    if company:
        same |= Q(company=company)
    return same
