"""Keyset pages: a cursor names the last row seen, so pages stay right while rows come and go."""

import base64
import binascii
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema

from baton.core.api.problems import Problem

M = TypeVar("M", bound=Model)
T = TypeVar("T")
LARGEST = 200


class Page(Schema, Generic[T]):
    """``next`` is empty on the last page; else hand it back as ``cursor``."""

    items: list[T]
    next: str


def page_of(rows: QuerySet[M], *, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """One page in the order of ids; ``limit`` at most 200. Raises Problem 422 for a bad cursor."""
    limit = max(1, min(limit, LARGEST))
    if cursor:
        rows = rows.filter(pk__gt=_read(cursor))
    found = list(rows.order_by("pk")[: limit + 1])
    more = len(found) > limit
    return {"items": found[:limit], "next": _write(found[limit - 1].pk) if more else ""}


def _write(pk: int) -> str:
    return base64.urlsafe_b64encode(str(pk).encode()).decode()


def _read(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor.encode()).decode())
    except (ValueError, binascii.Error) as error:
        raise Problem(422, "The cursor is not one that this API gave out.") from error
