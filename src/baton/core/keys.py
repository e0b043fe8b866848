"""What every record of ours carries: a key for the outside, a version, a way into the trash."""

from collections.abc import Collection
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone
from uuid_utils.compat import uuid7

Row = TypeVar("Row", bound=models.Model)
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

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_named: Any
    ) -> Self:
        """A row as Django makes it, without the look at each column that its constructor takes: a
        page reads a hundred rows of thirty. Nobody here hears of a row that is made (no signals),
        and what was not read is asked for when it is wanted, as ever."""
        row = cls.__new__(cls)
        row.__dict__ = dict(zip(field_names, values, strict=True))
        row._state = state = ModelState()
        state.adding, state.db = False, db
        return row


class RecordModel(KeyedModel):
    """One that people edit: ``version`` tells a lost race, ``deleted_at`` is the trash."""

    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class LivingQuerySet(models.QuerySet[Row]):
    """Of rows that have a trash."""

    def living(self) -> Self:
        return self.filter(**LIVING)
