"""API keys."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import ApiKey, User
from baton.core.access.permissions import registered
from baton.core.access.queries import living_key
from baton.core.errors import RuleViolation

KEY_MARK = "baton_"


@transaction.atomic
def create_api_key(
    *,
    user: User,
    name: str,
    scopes: Iterable[str] | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """The key's row and the secret, which is shown this once: 32 random bytes, kept as SHA-256."""
    wanted = sorted(scopes) if scopes is not None else None
    if unknown := set(wanted or ()) - registered.keys():
        raise RuleViolation(_("There is no permission “%(name)s”.") % {"name": min(unknown)})
    secret = KEY_MARK + secrets.token_urlsafe(32)
    row = ApiKey.objects.create(
        user=user,
        name=name,
        prefix=secret[:12],
        digest=digest_of(secret),
        scopes=wanted,
        expires_at=expires_at,
    )
    return row, secret


def digest_of(secret: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def revoke_api_key(*, api_key: ApiKey, at: datetime) -> None:
    """From now on the key opens nothing."""
    ApiKey.objects.filter(pk=api_key.pk, revoked_at=None).update(revoked_at=at)


def user_of_key(*, secret: str, at: datetime) -> User | None:
    """The active user for whom a living key speaks, narrowed to its scopes; None = no entry.

    The look-up is by digest, so equal time for wrong keys. ``latest_used_at`` moves once a minute.
    """
    row: Any = living_key(digest_of(secret), at=at)
    if row is None:
        return None
    if row.latest_used_at is None or (at - row.latest_used_at).total_seconds() > 60:
        ApiKey.objects.filter(pk=row.pk).update(latest_used_at=at)
    row.user.kept_limits = row.limits or {}
    row.user.key_scopes = None if row.scopes is None else frozenset(row.scopes)
    row.user.key_name = row.name
    return cast(User, row.user)
