"""Events of Stripe: charges and subscriptions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from baton.records.purchases.rules.orders import Interval
from baton.records.purchases.rules.told import (
    BadPayload,
    NothingToKeep,
    Told,
    ToldBuyer,
    ToldLine,
    ToldOrder,
    ToldSubscription,
    amount,
    cents,
    moment,
    needed,
    part,
    parts,
    text,
)

# Currencies that Stripe tells in whole units.
WHOLE = frozenset(
    [
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "mga",
        "pyg",
        "rwf",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    ]
)
EVERY = {
    ("day", 1): Interval.DAY,
    ("week", 1): Interval.WEEK,
    ("month", 1): Interval.MONTH,
    ("month", 3): Interval.QUARTER,
    ("month", 12): Interval.YEAR,
    ("year", 1): Interval.YEAR,
}


def read_stripe(topic: str, found: Mapping[str, Any]) -> Told:
    thing = part(part(found, "data"), "object")
    told_at = moment(found, "created")
    if topic in {"charge.succeeded", "charge.updated", "charge.refunded", "charge.captured"}:
        return _stripe_charge(thing, told_at)
    if topic.startswith("customer.subscription."):
        return _stripe_subscription(topic, thing, told_at)
    raise NothingToKeep(topic)


def _stripe_charge(thing: Mapping[str, Any], told_at: Any) -> Told:
    if text(thing, "status") != "succeeded" or thing.get("captured") is False:
        raise NothingToKeep("unpaid")
    digits = _digits(thing)
    name = text(thing, "description") or text(thing, "calculated_statement_descriptor")
    whole = cents(thing, "amount", digits=digits)
    return ToldOrder(
        key=text(thing, "id"),
        number=text(thing, "receipt_number"),
        buyer=_payer(thing),
        placed_at=needed(thing, "created"),
        amount=whole,
        currency=text(thing, "currency"),
        lines=[ToldLine(name, Decimal(1), whole)] if name else None,
        refunded=cents(thing, "amount_refunded", digits=digits)
        if "amount_refunded" in thing
        else None,
        told_at=told_at,
    )


def _payer(thing: Mapping[str, Any]) -> ToldBuyer:
    billing = part(thing, "billing_details")
    first, _, last = text(billing, "name").partition(" ")
    email = text(billing, "email") or text(thing, "receipt_email")
    return ToldBuyer(email=email, first_name=first, last_name=last, key=text(thing, "customer"))


def _stripe_subscription(topic: str, thing: Mapping[str, Any], told_at: Any) -> Told:
    items = parts(part(thing, "items"), "data")
    if not items:
        raise BadPayload("items")
    price = part(items[0], "price") or part(items[0], "plan")
    recurring = part(price, "recurring") or price
    said_no = moment(thing, "canceled_at") or (told_at if topic.endswith(".deleted") else None)
    paid_until = moment(thing, "current_period_end")
    ends = moment(thing, "cancel_at") or paid_until
    count = amount(items[0], "quantity") if text(items[0], "quantity") else 1
    return ToldSubscription(
        key=text(thing, "id"),
        buyer=ToldBuyer(email=text(part(thing, "metadata"), "email"), key=text(thing, "customer")),
        name=text(price, "nickname") or text(thing, "description") or text(price, "product"),
        interval=_interval(text(recurring, "interval"), recurring),
        amount=cents(price, "unit_amount", digits=_digits(price)) * count,
        currency=text(price, "currency"),
        started_at=moment(thing, "start_date") or needed(thing, "created"),
        renews_at=None if said_no else paid_until,
        cancelled_at=said_no,
        ended_at=moment(thing, "ended_at") or (ends if said_no else None),
        told_at=told_at,
    )


def _interval(name: str, recurring: Mapping[str, Any]) -> str:
    count = int(amount(recurring, "interval_count")) if text(recurring, "interval_count") else 1
    if (name, count) not in EVERY:
        raise BadPayload("interval")
    return EVERY[name, count]


def _digits(thing: Mapping[str, Any]) -> int:
    return 0 if text(thing, "currency") in WHOLE else 2
