"""Purchases beside deals: which belong together, and which may."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from baton.core.access.models import User
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
    theirs = deals.filter(_same_buyer(order)).exclude(state="lost")
    return theirs.annotate(turn=state).order_by("turn", "-closed_at", "-pk")[:OFFERED]


def orders_of_deal(deal: Deal, *, user: User) -> OrderQuerySet:
    orders = Order.objects.visible_to(user, VIEW_PURCHASES).filter(deal_link__deal=deal)
    return orders.order_by("-placed_at", "-pk")


def orders_for_deal(deal: Deal, *, user: User) -> QuerySet[Order]:
    """Purchases of the same buyer that belong to no deal."""
    orders = Order.objects.visible_to(user, VIEW_PURCHASES).standing()
    theirs = orders.filter(_same_buyer(deal), deal_link=None)
    return theirs.order_by("-placed_at", "-pk")[:OFFERED]


def _same_buyer(one: Order | Deal) -> Q:
    same = Q(pk__in=[])
    if one.person_id:
        same |= Q(person=one.person_id)
    if one.company_id:
        same |= Q(company=one.company_id)
    return same
