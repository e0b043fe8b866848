"""A browser of ours: its keys, and what it reads of a push."""

import json
import os

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from baton.core.notices.devices import add_device
from baton.core.notices.webpush import text_of


class BrowserKeys:
    """What a browser keeps of a subscription, and what it hands out."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.p256dh, self.auth = text_of(point), text_of(self.secret)

    def opens(self, body: bytes) -> dict[str, str]:
        """As RFC 8291 says, with the private key."""
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret)
        told: dict[str, str] = json.loads(plain)
        return told


def a_device(user, service, keys, *, path="/1"):
    endpoint = service.url.replace("/hook?a=1", path)
    return add_device(
        user=user, endpoint=endpoint, p256dh=keys.p256dh, auth=keys.auth, name="Chrome on Android"
    )
