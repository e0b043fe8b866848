"""Who is told what."""

import json
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.http import Refused, check_url
from baton.core.keys import new_key
from baton.core.sealed import seal
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.queries import fact_names
from baton.operations.integrations.rules import BOTH_VALID, SECRET_BYTES, TEST, secret_from

MOST = 50  # endpoints of a house
EDITABLE = frozenset({"url", "description", "facts", "is_on"})


class BadEndpoint(RuleViolation):
    """An address that is not called, or a fact that nobody tells."""


@transaction.atomic
def create_endpoint(
    *, url: str, facts: Collection[str], description: str, by: User | None, at: datetime
) -> tuple[Endpoint, str]:
    """And its secret, which is shown this once. Raises BadEndpoint."""
    _check(url=url, facts=facts)
    if Endpoint.objects.filter(deleted_at=None).count() >= MOST:
        raise BadEndpoint(_("There are %(most)d endpoints already.") % {"most": MOST})
    secret = _new_secret()
    endpoint = Endpoint.objects.create(
        url=url,
        facts=sorted(set(facts)),
        description=description,
        secret=seal(secret),
        made_by=by,
        created_at=at,
    )
    _note(endpoint, "created", after={"url": url, "facts": endpoint.facts}, by=by, at=at)
    return endpoint, secret


@transaction.atomic
def edit_endpoint(
    *, endpoint: Endpoint, values: Mapping[str, Any], by: User | None, at: datetime
) -> Endpoint:
    """Switched on again it has all its patience anew. Raises BadEndpoint."""
    row = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    _check(url=values.get("url", row.url), facts=values.get("facts", row.facts))
    fresh = {name: value for name, value in values.items() if name in EDITABLE}
    before = {name: getattr(row, name) for name in fresh}
    if before == fresh:
        return row
    for name, value in fresh.items():
        setattr(row, name, value)
    if fresh.get("is_on") and not before["is_on"]:
        row.failing_since = row.given_up_at = None
    row.version += 1
    row.save()
    _note(row, "edited", before=before, after=fresh, by=by, at=at)
    return row


@transaction.atomic
def delete_endpoint(*, endpoint: Endpoint, by: User | None, at: datetime) -> None:
    """Nothing goes there any more; what was sent is kept for its days."""
    Endpoint.objects.filter(pk=endpoint.pk).update(deleted_at=at, is_on=False)
    _note(endpoint, "deleted", before={"url": endpoint.url}, by=by, at=at)


@transaction.atomic
def rotate_secret(*, endpoint: Endpoint, by: User | None, at: datetime) -> str:
    """A new one, shown this once; for a day the former signs beside it."""
    row = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    secret = _new_secret()
    row.former_secret, row.former_until = row.secret, at + BOTH_VALID
    row.secret = seal(secret)
    row.save(update_fields=["secret", "former_secret", "former_until"])
    _note(row, "edited", after={"secret": "new"}, by=by, at=at)
    return secret


def send_test(*, endpoint: Endpoint, at: datetime) -> Delivery:
    """A fact that is none, sent like one: the caller rings for it."""
    body = {"type": TEST, "version": 1, "timestamp": at.isoformat(), "about": {}, "data": {}}
    return Delivery.objects.create(
        endpoint=endpoint,
        message_id=f"test-{new_key()}",
        name=TEST,
        body=json.dumps(body),
        due_at=at,
        created_at=at,
    )


def _new_secret() -> str:
    return secret_from(secrets.token_bytes(SECRET_BYTES))


def _check(*, url: str, facts: Collection[str]) -> None:
    try:
        check_url(url, private_hosts=settings.WEBHOOK_PRIVATE_HOSTS)
    except Refused as no:
        raise BadEndpoint(str(no)) from no
    if unknown := set(facts) - set(fact_names()):
        raise BadEndpoint(_("Nobody tells “%(name)s”.") % {"name": min(unknown)[:80]})


def _note(
    endpoint: Endpoint,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    record_change(
        object_type="endpoint",
        object_id=endpoint.pk,
        verb=verb,
        before=before,
        after=after,
        by=by,
        at=at,
        cause="webhooks",
    )
