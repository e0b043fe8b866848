"""What a shop told, written down: the buyer found or made, then the order."""

from datetime import datetime

from django.utils.translation import gettext as _

from baton.records.people.actions import find_or_create_company, find_or_create_person
from baton.records.people.models import Person
from baton.records.people.queries import person_by_external_id
from baton.records.people.rules import Origin
from baton.records.purchases.actions.news import NewLine, NewPurchase, NewRefund
from baton.records.purchases.actions.recording import record_purchases
from baton.records.purchases.actions.refusals import BadPurchase
from baton.records.purchases.actions.subscribing import NewSubscription, record_subscriptions
from baton.records.purchases.queries import orders_called, shop_names, subscriptions_called
from baton.records.purchases.rules.told import (
    Told,
    ToldBuyer,
    ToldOrder,
    ToldRefund,
    ToldRefunds,
    ToldSubscription,
)


class Waits(Exception):
    """For news of another thing: of the order that was refunded, of who subscribed."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


def keep_told(told: Told, *, source: str, at: datetime) -> list[str]:
    """Write it down; says what else may have waited for it. Raises Waits and refusals."""
    if isinstance(told, ToldRefunds):
        return _keep_refunds(told, source=source, at=at)
    if not told.key:
        raise BadPurchase(_("It has no key, by which to know it again."))
    person = _buyer(told.buyer, source=source, at=at)
    if isinstance(told, ToldOrder):
        _keep_order(told, person, source=source, at=at)
    else:
        _keep_subscription(told, person, source=source, at=at)
    return [key for key in (told.key, told.buyer.key) if key]


def _buyer(buyer: ToldBuyer, *, source: str, at: datetime) -> Person:
    """As the shop calls them, else by their address, else somebody new."""
    known = None
    for name in shop_names(source) if buyer.key else ():
        known = person_by_external_id(name, buyer.key) or known
        if known is not None and known.deleted_at is None:
            return known
    if not buyer.email:
        if buyer.key:
            raise Waits(buyer.key)
        raise BadPurchase(_("It does not say who bought: there is no mail address."))
    domain = buyer.email.rpartition("@")[2]
    company, _is_new = find_or_create_company(name=buyer.company, domain=domain, at=at)
    person, _is_new = find_or_create_person(
        at=at,
        origin=Origin.MARKETING,
        first_name=buyer.first_name[:120],
        last_name=buyer.last_name[:120],
        emails=[buyer.email],
        company=company,
        external_ids={source: buyer.key} if buyer.key and known is None else None,
    )
    return person


def _keep_order(told: ToldOrder, person: Person, *, source: str, at: datetime) -> None:
    lines = told.lines
    known = orders_called(shop_names(source), [told.key[:200]])
    news = NewPurchase(
        source=known[told.key[:200]].source if known else source,
        external_id=told.key[:200],
        person=person,
        number=told.number,
        placed_at=told.placed_at,
        amount=told.amount,
        currency=told.currency,
        lines=None
        if lines is None
        else [NewLine(name=one.name, quantity=one.quantity, price=one.price) for one in lines],
        refunds=[_refund(one) for one in told.refunds],
        refunded=told.refunded,
        cancelled_at=told.cancelled_at,
        told_at=told.told_at,
    )
    record_purchases(new=[news], at=at, cause=source)


def _keep_refunds(told: ToldRefunds, *, source: str, at: datetime) -> list[str]:
    """All else of the order stays as it is known."""
    order = orders_called(shop_names(source), [told.order]).get(told.order)
    if order is None:
        raise Waits(told.order)
    news = NewPurchase(
        source=order.source,
        external_id=told.order,
        person=order.person,
        company=order.company,
        placed_at=order.placed_at,
        amount=order.amount,
        currency=order.currency,
        cancelled_at=order.cancelled_at,
        refunds=[_refund(one) for one in told.refunds],
        refunded=told.refunded,
        told_at=order.told_at,
    )
    record_purchases(new=[news], at=at, cause=source)
    return []


def _refund(told: ToldRefund) -> NewRefund:
    return NewRefund(external_id=told.key[:200], amount=told.amount, at=told.at, reason=told.reason)


def _keep_subscription(
    told: ToldSubscription, person: Person, *, source: str, at: datetime
) -> None:
    known = subscriptions_called(shop_names(source), [told.key[:200]])
    news = NewSubscription(
        source=known[told.key[:200]].source if known else source,
        external_id=told.key[:200],
        person=person,
        name=told.name,
        interval=told.interval,
        amount=told.amount,
        currency=told.currency,
        started_at=told.started_at,
        renews_at=told.renews_at,
        renewed_at=told.renewed_at,
        cancelled_at=told.cancelled_at,
        ended_at=told.ended_at,
        told_at=told.told_at,
    )
    record_subscriptions(new=[news], at=at, cause=source)
