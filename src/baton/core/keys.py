"""What every record of ours carries: a key for the outside, a version, a way into the trash."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

LIVING: dict[str, Any] = {"deleted_at": None}  # condition of unique constraints over living rows


def new_key() -> UUID:
    """A UUIDv7 (RFC 9562): later ones sort later, so indexes over them grow at the end."""
    return uuid7()


class KeyedModel(models.Model):
    """A bigint inside, a key in URLs, API, exports: links survive a move to another database."""

    key = models.UUIDField(default=new_key, unique=True, editable=False)
    # Not the database's default: Django resolves that expression anew for each row of a bulk.
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class RecordModel(KeyedModel):
    """One that people edit: ``version`` tells a lost race, ``deleted_at`` is the trash."""

    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
