"""Secrets that must be read again lie sealed in the database: whoever has a copy of it has none.

What only needs comparing (passwords, keys, recovery codes) is kept as a digest instead.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class BrokenSeal(Exception):
    """Sealed with a key that is not here: ``keys/sealing`` was lost or changed."""


def seal(text: str) -> str:
    """With the newest of our keys; each time another text."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """With whichever of our keys fits. Raises BrokenSeal."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise BrokenSeal("No key of this installation opens it.") from error


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SEALING_KEYS])
