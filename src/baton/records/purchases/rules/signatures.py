"""Who really sent a delivery: the signatures of shop systems, over the bytes as they came."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(minutes=5)  # of deliveries whose signature covers a time
PREFIX = "whsec_"  # of secrets of Standard Webhooks: base64 follows
LONGEST_ID = 200


class HookKind(StrEnum):
    """Whose headers and bodies they are."""

    STANDARD = "standard"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    STRIPE = "stripe"


class BadSignature(Exception):
    """Not theirs, changed on the way, or too old."""


@dataclass(frozen=True)
class Knock:
    """A delivery that is theirs: its id (the same twice is one), and what it is about."""

    delivery_id: str
    topic: str


def check_delivery(
    kind: str, *, headers: Mapping[str, str], body: bytes, secret: str, at: datetime
) -> Knock:
    """Raises BadSignature. ``headers`` are found whatever the case of their names."""
    lower = {name.lower(): value for name, value in headers.items()}
    knock = CHECKS[HookKind(kind)](lower, body, secret, at)
    if not 0 < len(knock.delivery_id) <= LONGEST_ID:
        raise BadSignature("no id")
    return knock


def _standard(headers: Mapping[str, str], body: bytes, secret: str, at: datetime) -> Knock:
    """https://www.standardwebhooks.com: id, time and body are signed."""
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    _refuse_old(stamp, at)
    own = _digest(_key_of(secret), f"{name}.{stamp}.".encode() + body)
    given = headers.get("webhook-signature", "").split()
    _refuse_other(own, [_from_base64(one[3:]) for one in given if one.startswith("v1,")])
    return Knock(name, _field(body, "type"))


def _shopify(headers: Mapping[str, str], body: bytes, secret: str, at: datetime) -> Knock:
    given = _from_base64(headers.get("x-shopify-hmac-sha256", ""))
    _refuse_other(_digest(secret.encode(), body), [given])
    return Knock(headers.get("x-shopify-webhook-id", ""), headers.get("x-shopify-topic", ""))


def _woocommerce(headers: Mapping[str, str], body: bytes, secret: str, at: datetime) -> Knock:
    given = _from_base64(headers.get("x-wc-webhook-signature", ""))
    _refuse_other(_digest(secret.encode(), body), [given])
    return Knock(headers.get("x-wc-webhook-delivery-id", ""), headers.get("x-wc-webhook-topic", ""))


def _stripe(headers: Mapping[str, str], body: bytes, secret: str, at: datetime) -> Knock:
    """The time is signed; the id stands in the body."""
    parts = [part.partition("=") for part in headers.get("stripe-signature", "").split(",")]
    stamp = next((value for name, _, value in parts if name.strip() == "t"), "")
    _refuse_old(stamp, at)
    given = [_from_hex(value) for name, _, value in parts if name.strip() == "v1"]
    _refuse_other(_digest(secret.encode(), f"{stamp}.".encode() + body), given)
    return Knock(_field(body, "id"), _field(body, "type"))


Check = Callable[[Mapping[str, str], bytes, str, datetime], Knock]
CHECKS: Mapping[HookKind, Check] = {
    HookKind.STANDARD: _standard,
    HookKind.SHOPIFY: _shopify,
    HookKind.WOOCOMMERCE: _woocommerce,
    HookKind.STRIPE: _stripe,
}


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _key_of(secret: str) -> bytes:
    return _from_base64(secret.removeprefix(PREFIX)) or secret.encode()


def _refuse_other(own: bytes, given: list[bytes]) -> None:
    """Compared in the same time, however much of it is right."""
    if sum(hmac.compare_digest(own, one) for one in given) == 0:
        raise BadSignature("another signature")


def _refuse_old(stamp: str, at: datetime) -> None:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise BadSignature("no time")
    if abs(datetime.fromtimestamp(int(stamp), UTC) - at) > TOLERANCE:
        raise BadSignature("too old, or of the future")


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return b""


def _from_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _field(body: bytes, name: str) -> str:
    """A text of the body's first level."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    value = found.get(name, "") if isinstance(found, dict) else ""
    return value if isinstance(value, str) else ""
