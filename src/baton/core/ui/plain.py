"""A list's cells as a file holds them: plain values where the screen has words and marks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from baton.core.ui.cells import Column
from baton.core.ui.spreadsheets import harmless

MONEY = "money"  # an amount to reckon with, and its currency in a cell of its own


def heads_of(columns: Sequence[Column]) -> list[str]:
    """The first line of the file."""
    heads: list[str] = []
    for column in columns:
        heads.append(str(column.label))
        if column.kind == MONEY:
            heads.append(_("%(column)s: currency") % {"column": column.label})
    return [str(harmless(head)) for head in heads]


def cells_of(columns: Sequence[Column], row: Any, *, zone: ZoneInfo) -> list[Any]:
    """One line of the file; what looks like a formula is none."""
    cells: list[Any] = []
    for place, column in enumerate(columns):
        value = column.plain(row) if column.plain else column.value_of(row)
        cells.append(written(row if value is None and not place else value, zone=zone))
        if column.kind == MONEY:
            cells.append("" if value is None else written(getattr(row, "currency", ""), zone=zone))
    return cells


def written(value: Any, *, zone: ZoneInfo) -> Any:
    """Moments as ISO 8601 with their offset in that zone, figures plain, a choice by its name."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value, zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return harmless(_words(value, zone=zone))


def _words(value: Any, *, zone: ZoneInfo) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    if isinstance(value, list | tuple) and not hasattr(value, "name"):
        return "; ".join(str(written(one, zone=zone)) for one in value)
    return str(getattr(value, "name", "") or value)
