"""What a file of everything is called inside, and how a row is written there. No database."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

FORMAT, VERSION = "baton-archive", 1
MANIFEST = "manifest.json"


def line_of(row: Mapping[str, Any]) -> bytes:
    """The same row is the same bytes, on whichever database: names in order, moments in UTC."""
    return json.dumps(row, **_COMPACT).encode() + b"\n"


def cell_of(value: Any) -> Any:
    """The same value for the CSV beside it."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, str | int | float):
        return value
    return _plain(value) if not isinstance(value, list | dict) else json.dumps(value, **_COMPACT)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    raise TypeError(f"No column holds a {type(value).__name__}")


_COMPACT: dict[str, Any] = {
    "default": _plain,
    "sort_keys": True,
    "ensure_ascii": False,
    "separators": (",", ":"),
}
