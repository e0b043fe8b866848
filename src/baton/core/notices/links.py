"""Addresses in mails: signed, for nobody is signed in who follows them."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from baton.core.access.models import User
from baton.core.addresses import absolute
from baton.core.notices.rules import Way

SALT = "baton.notices.fewer"


@dataclass(frozen=True, kw_only=True)
class Fewer:
    """Whom to tell less of what by which way."""

    user: str  # key
    kind: str
    way: Way


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
