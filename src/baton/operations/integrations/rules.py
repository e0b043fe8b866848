"""Signatures, pauses and how long patience lasts. No database, no clock."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

PREFIX, SECRET_BYTES = "whsec_", 24
MOST_TRIES = 8
# After the first, second ... try: about three days in all, spread so that a crowd comes apart.
PAUSES = [
    timedelta(seconds=10),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=36),
]
SPREAD = 0.2
PATIENCE = timedelta(days=5)  # of failures and nothing else; then it is switched off
BOTH_VALID = timedelta(days=1)  # two secrets, after a new one was made
KEPT_FOR = timedelta(days=30)
TEST = "webhook.test"


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


def secret_from(random: bytes) -> str:
    """As both sides write it."""
    return PREFIX + base64.b64encode(random).decode()


def signature(secret: str, *, message_id: str, at: datetime, body: bytes) -> str:
    """Standard Webhooks, version 1: id, timestamp and body, parted by dots, under HMAC-SHA256."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{int(at.timestamp())}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def headers_of(
    secrets: Iterable[str], *, message_id: str, at: datetime, body: bytes
) -> dict[str, str]:
    """With a signature of each secret that is valid: the receiver takes whichever it knows."""
    signed = [signature(one, message_id=message_id, at=at, body=body) for one in secrets]
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def due_after(tries: int, *, at: datetime, dice: float) -> datetime | None:
    """When it is tried again, ``dice`` between 0 and 1; None: it was the last time."""
    if tries >= MOST_TRIES:
        return None
    return at + PAUSES[tries - 1] * (1 - SPREAD + 2 * SPREAD * dice)


def is_over(failing_since: datetime, *, at: datetime) -> bool:
    """Whether nobody waits for it any longer."""
    return at - failing_since >= PATIENCE
