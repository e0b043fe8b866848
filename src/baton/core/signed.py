"""Keys of records that travel through a stranger's mail and browser and come back unchanged."""

from datetime import timedelta
from uuid import UUID

from django.core import signing


def sign_key(key: UUID, *, salt: str) -> str:
    """For an address that stays good; ``salt`` parts it from what other signed keys open."""
    return signing.Signer(salt=salt).sign(key.hex)


def sign_key_for_now(key: UUID, *, salt: str) -> str:
    """For an address that is good for a while."""
    return signing.TimestampSigner(salt=salt).sign(key.hex)


def signed_key(text: str, *, salt: str, good_for: timedelta | None = None) -> UUID | None:
    """The key; None for what we did not sign for this, or signed longer ago than ``good_for``."""
    try:
        if good_for is None:
            return UUID(signing.Signer(salt=salt).unsign(text))
        return UUID(signing.TimestampSigner(salt=salt).unsign(text, max_age=good_for))
    except (signing.BadSignature, ValueError):
        return None
