"""Addresses in what leaves the house: of SITE_URL, and signed where nobody is signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from baton.core.access.models import User
from baton.core.notices.rules import Way

SALT = "baton.notices.fewer"


@dataclass(frozen=True, kw_only=True)
class Fewer:
    """Whom to tell less of what by which way."""

    user: str  # key
    kind: str
    way: Way


def absolute(path: str) -> str:
    """As somebody reads it who is not here."""
    return f"{settings.SITE_URL}{path}"


def fewer_link(*, user: User, kind: str, way: Way) -> str:
    """Asks, and does it by a press, without a password: good for this kind and this way only."""
    token = signing.dumps([str(user.key), kind, way.value], salt=SALT, compress=True)
    return absolute(f"{reverse('notices:fewer')}?of={token}")


def read_fewer(token: str) -> Fewer | None:
    """None where we did not write it."""
    try:
        user, kind, way = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Fewer(user=user, kind=kind, way=Way(way))
