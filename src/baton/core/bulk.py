"""Insert many rows, ask for many values, set many rows to different values: few statements each.

``bulk_update`` builds a CASE per field and row, which costs more than the database's own work: for
500 rows and three fields it is some ten times slower than this.
"""

import gc
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL

CHUNK = 1000  # rows in one statement
SELDOM = (50_000, 20, 50)  # objects made, and rounds, until rings are looked for
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


# Values that a field writes as they are.
SIMPLE: dict[type, frozenset[type]] = {
    str: frozenset({models.CharField, models.TextField}),
    int: frozenset({models.IntegerField, models.SmallIntegerField, models.BigIntegerField}),
}


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """For work on thousands of rows: Python looks for rings of dead objects among those that the
    work makes, and seldom; else it looks through the whole program again and again. Work within
    such work, as a job is of a worker, changes nothing and gives nothing back."""
    before = gc.get_threshold()
    if before == SELDOM:
        yield
        return
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


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
    fields = _written(model)
    given_anew = [field for field in fields if field.has_default() and callable(field.default)]
    fresh = {field.attname: field.default for field in given_anew}
    plain = [field for field in fields if field.attname not in fresh]
    usual = {field.attname: field.get_default() for field in plain}
    usual[model._meta.pk.attname] = None

    def make(**values: Any) -> M:
        row = model.__new__(model)
        row.__dict__ = given = {**usual, **values, "_state": ModelState()}
        for name, default in fresh.items():
            if name not in values:
                given[name] = default()
        return row

    return make


def insert_rows(model: type[M], rows: Iterable[M]) -> list[M]:
    """New rows as ``row_maker`` makes them, written in a handful of statements; each has its id,
    a given one (``reserve_ids``) or the next.

    What ``bulk_create`` does besides to each row, which takes longer than the database: to ask it
    for its id and each of its links, and to sort it.
    """
    written = list(rows)
    if not written:
        return []
    fields, key = _written(model), model._meta.pk
    is_given = vars(written[0])[key.attname] is not None
    asked: dict[str, Any] = {"fields": fields, "returning_fields": [key]}
    if is_given:
        asked = {"fields": [key, *fields]}
    most = connection.ops.bulk_batch_size([*fields, key], written)
    size = min(CHUNK, most)
    insert = model._base_manager.all()._insert  # type: ignore[attr-defined] # what the stubs leave out
    for start in range(0, len(written), size):
        some = written[start : start + size]
        told = insert(some, **asked)
        ids = ((vars(row)[key.attname],) for row in some) if is_given else told
        for row, (pk,) in zip(some, ids, strict=True):
            given = vars(row)
            given[key.attname] = pk
            given["_state"].adding, given["_state"].db = False, connection.alias
    return written


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids that no other row will have, for rows that are written after what points at them.

    Inside a transaction only: on SQLite, which has one writer, it is the lock that keeps them.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("reserve_ids() belongs in the transaction that writes the rows")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = next(iter(cursor.fetchall()), (0,))[0]
            return list(range(last + 1, last + 1 + count))
        words = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(words, [table, model._meta.pk.column, count])
        return [pk for (pk,) in cursor.fetchall()]


@cache
def _written(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


def one_of(values: Iterable[Any]) -> RawSQL:
    """For ``name__in``: one parameter, however many texts or ids there are (of ids at
    least one). Of a plain list Django asks each value what it is: longer than the answer takes."""
    wanted = [*dict.fromkeys(values)]
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(wanted)])
    if wanted and isinstance(wanted[0], int):
        return RawSQL("SELECT unnest(%s::bigint[])", [wanted])
    return RawSQL("SELECT unnest(%s::text[])", [wanted])


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


def write_fields(row: models.Model, *fields: str) -> None:
    """What ``save(update_fields=…)`` writes of a row that is there. Django looks at all of the
    model first, and makes the statement anew: ten times as long as it takes to send it."""
    columns = [_field(type(row), name) for name in fields]
    quoted = connection.ops.quote_name
    changes = ", ".join(f"{quoted(str(column.column))} = %s" for column in columns)
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns]
    sql = f"UPDATE {quoted(row._meta.db_table)} SET {changes} WHERE id = %s"  # noqa: S608 -- names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])


@cache
def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if name == field.attname)


def _plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    """As the database wants it, then as JSON can carry it to the last microsecond."""
    if value.__class__ in SIMPLE and field.__class__ in SIMPLE[value.__class__]:
        return value
    if value.__class__ is datetime and field.__class__ is models.DateTimeField:
        return _moment(value)
    ready = field.get_db_prep_save(value, connection) if value is not None else None
    if isinstance(ready, date):  # a datetime too
        return ready.isoformat()
    return str(ready) if isinstance(ready, Decimal) else ready


def _moment(value: datetime) -> str:
    """As DateTimeField writes it."""
    if connection.vendor == "sqlite":
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return value.isoformat()


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
