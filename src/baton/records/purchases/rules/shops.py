"""Bodies of Shopify, WooCommerce, Stripe and our own kind, read into what they tell."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from baton.records.purchases.rules.own import read_standard
from baton.records.purchases.rules.signatures import HookKind
from baton.records.purchases.rules.stripe import read_stripe
from baton.records.purchases.rules.told import (
    BadPayload,
    NothingToKeep,
    Told,
    ToldBuyer,
    ToldLine,
    ToldOrder,
    ToldRefund,
    ToldRefunds,
    amount,
    moment,
    needed,
    part,
    parts,
    text,
)

PAID = frozenset({"paid", "partially_paid", "partially_refunded", "refunded"})
WOO_PAID = frozenset({"processing", "completed", "refunded"})
WOO_GONE = frozenset({"cancelled", "failed", "trash"})


def read_delivery(kind: str, *, topic: str, body: bytes) -> Told:
    """Raises BadPayload and NothingToKeep."""
    try:
        found = json.loads(body)
    except ValueError as error:
        raise BadPayload("JSON") from error
    if not isinstance(found, dict):
        raise BadPayload("JSON")
    return READ[HookKind(kind)](topic, found)


def _shopify(topic: str, found: Mapping[str, Any]) -> Told:
    if topic.startswith("refunds/"):
        return _shopify_refund(found)
    if not topic.startswith("orders/"):
        raise NothingToKeep(topic)
    if found.get("test") is True:
        raise NothingToKeep("test")
    cancelled_at = moment(found, "cancelled_at")
    if text(found, "financial_status") not in PAID and not cancelled_at:
        raise NothingToKeep("unpaid")
    return ToldOrder(
        key=text(found, "id"),
        number=text(found, "name"),
        buyer=_shopify_buyer(found),
        placed_at=moment(found, "processed_at") or needed(found, "created_at"),
        amount=amount(found, "total_price"),
        currency=text(found, "currency"),
        lines=[
            ToldLine(_line_name(one, "title"), amount(one, "quantity"), amount(one, "price"))
            for one in parts(found, "line_items")
        ],
        refunds=[_shopify_refund_of(one) for one in parts(found, "refunds") if _gave_back(one)],
        cancelled_at=cancelled_at,
        told_at=moment(found, "updated_at"),
    )


def _shopify_buyer(found: Mapping[str, Any]) -> ToldBuyer:
    customer, billing = part(found, "customer"), part(found, "billing_address")
    return ToldBuyer(
        email=text(found, "email") or text(customer, "email"),
        first_name=text(customer, "first_name") or text(billing, "first_name"),
        last_name=text(customer, "last_name") or text(billing, "last_name"),
        company=text(billing, "company"),
        key=text(customer, "id"),
    )


def _shopify_refund(found: Mapping[str, Any]) -> Told:
    if not _gave_back(found):
        raise NothingToKeep("nothing went back")
    refund = _shopify_refund_of(found)
    return ToldRefunds(order=text(found, "order_id"), refunds=[refund], at=refund.at)


def _gave_back(found: Mapping[str, Any]) -> bool:
    return _shopify_sum(found) > 0


def _shopify_sum(found: Mapping[str, Any]) -> Decimal:
    paid = [
        one
        for one in parts(found, "transactions")
        if text(one, "kind") == "refund" and text(one, "status") in {"success", ""}
    ]
    return sum((amount(one, "amount") for one in paid), Decimal(0))


def _shopify_refund_of(found: Mapping[str, Any]) -> ToldRefund:
    at = moment(found, "processed_at") or needed(found, "created_at")
    return ToldRefund(text(found, "id"), _shopify_sum(found), at, text(found, "note"))


def _woocommerce(topic: str, found: Mapping[str, Any]) -> Told:
    if not topic.startswith("order."):
        raise NothingToKeep(topic)
    status, number = text(found, "status"), text(found, "number")
    if status not in WOO_PAID | WOO_GONE:
        raise NothingToKeep(status or topic)
    made_at = _gmt(found, "date_created") or needed(found, "date_created")
    told_at = _gmt(found, "date_modified") or made_at
    return ToldOrder(
        key=text(found, "id"),
        number=f"#{number}" if number else "",
        buyer=_woo_buyer(found),
        placed_at=_gmt(found, "date_paid") or made_at,
        amount=amount(found, "total"),
        currency=text(found, "currency"),
        lines=[
            ToldLine(_line_name(one, "name"), amount(one, "quantity"), _each(one))
            for one in parts(found, "line_items")
        ],
        refunds=[_woo_refund(one, told_at) for one in parts(found, "refunds")],
        cancelled_at=told_at if status in WOO_GONE else None,
        told_at=told_at,
    )


def _woo_buyer(found: Mapping[str, Any]) -> ToldBuyer:
    """A guest has the number 0."""
    billing, key = part(found, "billing"), text(found, "customer_id")
    return ToldBuyer(
        email=text(billing, "email"),
        first_name=text(billing, "first_name"),
        last_name=text(billing, "last_name"),
        company=text(billing, "company"),
        key="" if key == "0" else key,
    )


def _woo_refund(found: Mapping[str, Any], at: datetime) -> ToldRefund:
    """Told below zero, and without a time."""
    return ToldRefund(text(found, "id"), abs(amount(found, "total")), at, text(found, "reason"))


def _gmt(found: Mapping[str, Any], name: str) -> Any:
    """WooCommerce tells each time twice: of the shop, and of Greenwich without saying so."""
    return moment(found, f"{name}_gmt") or moment(found, name)


def _each(line: Mapping[str, Any]) -> Decimal | None:
    if text(line, "price"):
        return amount(line, "price").quantize(Decimal("0.01"))
    count = amount(line, "quantity")
    return (amount(line, "total") / count).quantize(Decimal("0.01")) if count else None


def _line_name(line: Mapping[str, Any], name: str) -> str:
    return text(line, name) or text(line, "sku") or "?"


Read = Callable[[str, Mapping[str, Any]], Told]
READ: Mapping[HookKind, Read] = {
    HookKind.SHOPIFY: _shopify,
    HookKind.WOOCOMMERCE: _woocommerce,
    HookKind.STRIPE: read_stripe,
    HookKind.STANDARD: read_standard,
}
