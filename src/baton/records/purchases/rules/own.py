"""Our own kind of delivery, for whatever shop has none of the others."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from baton.records.purchases.rules.told import (
    NothingToKeep,
    Told,
    ToldBuyer,
    ToldLine,
    ToldOrder,
    ToldRefund,
    ToldSubscription,
    amount,
    moment,
    needed,
    part,
    parts,
    text,
)


def read_standard(topic: str, found: Mapping[str, Any]) -> Told:
    """``{"type": "order.…" | "subscription.…", "data": {…}}``, with the fields of our API."""
    data = part(found, "data")
    if not topic.startswith(("order.", "subscription.")):
        raise NothingToKeep(topic)
    shared: dict[str, Any] = {
        "key": text(data, "external_id"),
        "buyer": _buyer(data),
        "amount": amount(data, "amount"),
        "currency": text(data, "currency"),
        "cancelled_at": moment(data, "cancelled_at"),
        "told_at": moment(data, "told_at") or moment(found, "timestamp"),
    }
    if topic.startswith("order."):
        return ToldOrder(
            **shared,
            number=text(data, "number"),
            placed_at=needed(data, "placed_at"),
            lines=[_own_line(one) for one in parts(data, "lines")] if "lines" in data else None,
            refunds=[_refund(one) for one in parts(data, "refunds")],
        )
    return ToldSubscription(
        **shared,
        name=text(data, "name"),
        interval=text(data, "interval"),
        started_at=needed(data, "started_at"),
        renews_at=moment(data, "renews_at"),
        renewed_at=moment(data, "renewed_at"),
        ended_at=moment(data, "ended_at"),
    )


def _buyer(data: Mapping[str, Any]) -> ToldBuyer:
    return ToldBuyer(
        email=text(data, "email"),
        first_name=text(data, "first_name"),
        last_name=text(data, "last_name"),
        company=text(data, "company_name"),
        key=text(data, "buyer_id"),
    )


def _refund(found: Mapping[str, Any]) -> ToldRefund:
    at, reason = needed(found, "at"), text(found, "reason")
    return ToldRefund(text(found, "external_id"), amount(found, "amount"), at, reason)


def _own_line(found: Mapping[str, Any]) -> ToldLine:
    count = amount(found, "quantity") if text(found, "quantity") else Decimal(1)
    return ToldLine(
        text(found, "name"), count, amount(found, "price") if "price" in found else None
    )
