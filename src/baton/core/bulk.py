"""Set many rows to different values with one statement and one parameter.

``bulk_update`` builds a CASE per field and row, which costs more than the database's own work: for
500 rows and three fields it is some ten times slower than this.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

CHUNK = 1000  # rows in one statement
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


def bites(items: Iterable[T], *, size: int = CHUNK) -> Iterator[list[T]]:
    """So many at a time, for statements that take only so many values."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def row_maker(model: type[M]) -> Callable[..., M]:
    """Makes new rows from plain values by their column's names (a foreign key by its ``_id``).

    Django's constructor looks at each field of each row; for ten thousands that costs more than to
    write them. What is not given has its default; nothing is checked.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    given_anew = [field for field in fields if field.has_default() and callable(field.default)]
    fresh = {field.attname: field.default for field in given_anew}
    plain = [field for field in fields if field.attname not in fresh]
    usual = {field.attname: field.get_default() for field in plain}
    usual[model._meta.pk.attname] = None

    def make(**values: Any) -> M:
        row = model.__new__(model)
        given = vars(row)
        given["_state"] = ModelState()
        given.update(usual)
        given.update(values)
        for name, default in fresh.items():
            if name not in values:
                given[name] = default()
        return row

    return make


def update_rows(
    model: type[models.Model], values: Mapping[int, Mapping[str, Any]], *, fields: Collection[str]
) -> None:
    """Write ``fields`` of the rows by id; each mapping has them all. Ids that are gone do no harm.

    Plain fields only: a foreign key by its ``_id`` name; text, numbers, dates, times, booleans.
    """
    columns = [_field(model, name) for name in fields]
    ids = list(values)
    for start in range(0, len(ids), CHUNK):
        rows = [
            {"id": pk} | {str(one.column): _plain(one, values[pk][one.attname]) for one in columns}
            for pk in ids[start : start + CHUNK]
        ]
        with connection.cursor() as cursor:
            cursor.execute(_statement(model, columns), [json.dumps(rows)])


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if name == field.attname)


def _plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    """As the database wants it, then as JSON can carry it to the last microsecond."""
    ready = field.get_db_prep_save(value, connection) if value is not None else None
    if isinstance(ready, date):  # a datetime too
        return ready.isoformat()
    return str(ready) if isinstance(ready, Decimal) else ready


def _statement(model: type[models.Model], columns: "Collection[models.Field[Any, Any]]") -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    names = [connection.ops.quote_name(str(column.column)) for column in columns]
    if connection.vendor == "sqlite":
        fresh = ", ".join(f"{name} = fresh.value ->> '$.{name[1:-1]}'" for name in names)
        source = "json_each(%s) AS fresh"
        same = f"{table}.id = fresh.value ->> '$.id'"
    else:
        types = [column.db_type(connection) for column in columns]
        shape = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=True))
        fresh = ", ".join(f"{name} = fresh.{name}" for name in names)
        source = f"jsonb_to_recordset(%s::jsonb) AS fresh(id bigint, {shape})"
        same = f"{table}.id = fresh.id"
    return f"UPDATE {table} SET {fresh} FROM {source} WHERE {same}"  # noqa: S608 -- names of our own columns
