"""What shops send, signed as they do."""

import base64
import hashlib
import hmac
import json
from typing import Any

from django.urls import reverse

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


def digest(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def standard(body: bytes, *, secret: str, name: str, at: int) -> dict[str, str]:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = base64.b64encode(digest(key, f"{name}.{at}.".encode() + body)).decode()
    return {
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{'A' * 43}= v1,{signed}",
    }


def shopify(body: bytes, *, secret: str, name: str, topic: str) -> dict[str, str]:
    signed = base64.b64encode(digest(secret.encode(), body)).decode()
    return {
        "X-Shopify-Hmac-Sha256": signed,
        "X-Shopify-Webhook-Id": name,
        "X-Shopify-Topic": topic,
    }


def woocommerce(body: bytes, *, secret: str, name: str, topic: str) -> dict[str, str]:
    signed = base64.b64encode(digest(secret.encode(), body)).decode()
    return {
        "X-WC-Webhook-Signature": signed,
        "X-WC-Webhook-Delivery-ID": name,
        "X-WC-Webhook-Topic": topic,
    }


def stripe(body: bytes, *, secret: str, at: int) -> dict[str, str]:
    signed = digest(secret.encode(), f"{at}.".encode() + body).hex()
    return {"Stripe-Signature": f"t={at},v0=00,v1={signed}"}


def send(client: Any, source: str, body: bytes, headers: dict[str, str]) -> int:
    url = reverse("purchases:receive", args=[source])
    answer = client.post(url, body, content_type="application/json", headers=headers)
    return int(answer.status_code)


def as_body(found: object) -> bytes:
    return json.dumps(found).encode()


def own_order(**over: Any) -> dict[str, Any]:
    usual = {
        "external_id": "A-1",
        "email": "ida@blom.example",
        "first_name": "Ida",
        "last_name": "Blom",
        "placed_at": "2026-03-02T08:00:00Z",
        "amount": "90.00",
        "currency": "EUR",
        "lines": [{"name": "Kit", "quantity": 2, "price": "45.00"}],
        "told_at": "2026-03-02T08:00:00Z",
    }
    return {"type": "order.updated", "data": {**usual, **over}}


SHOPIFY_ORDER: dict[str, Any] = {
    "id": 820982911946154508,
    "name": "#1001",
    "email": "jon@doe.example",
    "created_at": "2026-03-02T09:00:00+01:00",
    "processed_at": "2026-03-02T09:00:00+01:00",
    "updated_at": "2026-03-02T09:05:00+01:00",
    "cancelled_at": None,
    "financial_status": "partially_refunded",
    "currency": "EUR",
    "total_price": "199.90",
    "customer": {"id": 115310627314723954, "first_name": "John", "last_name": "Doe"},
    "billing_address": {"company": "Doe Plants"},
    "line_items": [{"title": "Meter", "quantity": 1, "price": "199.90"}],
    "refunds": [
        {
            "id": 509562969,
            "order_id": 820982911946154508,
            "created_at": "2026-03-02T10:00:00+01:00",
            "note": "Broken",
            "transactions": [{"kind": "refund", "status": "success", "amount": "41.94"}],
        }
    ],
}
WOO_ORDER: dict[str, Any] = {
    "id": 727,
    "number": "727",
    "status": "processing",
    "currency": "EUR",
    "date_created_gmt": "2026-03-02T08:00:00",
    "date_modified_gmt": "2026-03-02T08:05:00",
    "date_paid_gmt": "2026-03-02T08:01:00",
    "total": "29.35",
    "customer_id": 0,
    "billing": {"first_name": "John", "last_name": "Doe", "email": "jd@doe.example"},
    "line_items": [{"name": "Woo Single", "quantity": 2, "total": "6.00", "price": 3}],
    "refunds": [{"id": 726, "reason": "", "total": "-10.00"}],
}
STRIPE_CHARGE: dict[str, Any] = {
    "id": "evt_1",
    "type": "charge.refunded",
    "created": 1772438400,
    "data": {
        "object": {
            "id": "ch_1",
            "object": "charge",
            "amount": 4900,
            "amount_refunded": 900,
            "currency": "eur",
            "created": 1772438300,
            "captured": True,
            "status": "succeeded",
            "customer": "cus_1",
            "description": "Energy desk",
            "billing_details": {"email": "kim@lee.example", "name": "Kim Lee"},
        }
    },
}
STRIPE_SUBSCRIPTION: dict[str, Any] = {
    "id": "evt_2",
    "type": "customer.subscription.created",
    "created": 1772438400,
    "data": {
        "object": {
            "id": "sub_1",
            "customer": "cus_1",
            "created": 1772438300,
            "start_date": 1772438300,
            "current_period_end": 1775116700,
            "canceled_at": None,
            "items": {
                "data": [
                    {
                        "quantity": 2,
                        "price": {
                            "unit_amount": 2450,
                            "currency": "eur",
                            "nickname": "Energy desk",
                            "recurring": {"interval": "month", "interval_count": 1},
                        },
                    }
                ]
            },
        }
    },
}
