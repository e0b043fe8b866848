"""Web push: sealed for the device's eyes (RFC 8291), signed as us (RFC 8292). No database.

``http-ece`` encrypts, ``py-vapid`` signs; what they make leaves by ``core.http``, since the address
came from a browser.
"""

import base64
import binascii
import os
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

VALID_FOR = timedelta(hours=12)  # RFC 8292, 2: at most a day
POINT_BYTES, AUTH_BYTES = 65, 16
CURVE = ec.SECP256R1


class BadKeys(ValueError):
    """What a browser never gives."""


def text_of(raw: bytes) -> str:
    """base64url without padding, as browsers write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Raises BadKeys."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadKeys("Not base64url.") from error


def new_keys() -> tuple[str, str]:
    """The private one, to be sealed, and the public one, for browsers."""
    private = ec.generate_private_key(CURVE())
    number = private.private_numbers().private_value
    return text_of(number.to_bytes(32, "big")), text_of(_point(private.public_key()))


def check_keys(*, p256dh: str, auth: str) -> None:
    """A point on the curve, and sixteen bytes. Raises BadKeys."""
    try:
        point = bytes_of(p256dh)
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE(), point)
    except ValueError as error:
        raise BadKeys("Not a key of a browser.") from error
    if len(point) != POINT_BYTES or len(bytes_of(auth)) != AUTH_BYTES:
        raise BadKeys("Not a key of a browser.")


def encrypted(message: bytes, *, p256dh: str, auth: str) -> bytes:
    """Only that device reads it; a key of its own for each message."""
    sealed: bytes = http_ece.encrypt(
        message,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(CURVE()),
        dh=bytes_of(p256dh),
        auth_secret=bytes_of(auth),
        version="aes128gcm",
    )
    return sealed


def headers_for(
    endpoint: str, *, private: str, contact: str, at: datetime, is_urgent: bool, seconds: int
) -> dict[str, str]:
    """Who we are, for whom, and until when the service keeps it for a device that sleeps."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": contact,
        "exp": int((at + VALID_FOR).timestamp()),
    }
    signed: dict[str, Any] = Vapid02.from_raw(private.encode()).sign(claims)
    return {
        "Authorization": signed["Authorization"],
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(seconds),
        "Urgency": "high" if is_urgent else "normal",
    }


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    encoding, shape = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    return public.public_bytes(encoding, shape)
