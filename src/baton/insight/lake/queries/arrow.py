"""Rows of the database as Arrow, with as little Python in between as can be."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import pyarrow as pa
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from baton.insight.lake.rules import Kind

AT_ONCE = 20_000  # rows of the database that are Python objects at a time
TYPES = {
    Kind.INTEGER: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.DAY: pa.date32(),
    Kind.YES_NO: pa.bool_(),
    Kind.NUMBER: pa.float64(),
}
PLAIN_IN_SQLITE = {Kind.MOMENT: "{} || ''", Kind.DAY: "{} || ''", Kind.YES_NO: "{} + 0"}


def table_of(rows: QuerySet[Any, Any], columns: Mapping[str, Kind]) -> pa.Table:
    """The named columns of these rows. Asked of the database directly: Django would look at each
    value on its way."""
    try:
        sql, params = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return schema_of(columns).empty_table()
    with connection.cursor() as cursor:
        cursor.execute(_unread(sql, columns), params)
        return pa.Table.from_batches(_batches(cursor, columns), schema=schema_of(columns))


def _unread(sql: str, columns: Mapping[str, Kind]) -> str:
    """On SQLite Django reads each moment, day and yes or no by a function in Python as soon as it
    knows the column's type. It does not know that of what is computed."""
    if connection.vendor != "sqlite":
        return sql
    names = (PLAIN_IN_SQLITE.get(kind, "{}").format(f'"{name}"') for name, kind in columns.items())
    return f"SELECT {', '.join(names)} FROM ({sql})"  # noqa: S608 -- our own names


def schema_of(columns: Mapping[str, Kind]) -> pa.Schema:
    """The types of these columns, also where there is no row."""
    return pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])


def _batches(cursor: Any, columns: Mapping[str, Kind]) -> Iterator[pa.RecordBatch]:
    schema = schema_of(columns)
    while rows := cursor.fetchmany(AT_ONCE):
        arrays = [
            READERS[kind](values)
            for kind, values in zip(columns.values(), zip(*rows, strict=True), strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _plain(kind: Kind) -> Callable[[tuple[Any, ...]], pa.Array]:
    return lambda values: pa.array(values, TYPES[kind])


def _moments(values: tuple[Any, ...]) -> pa.Array:
    """SQLite has texts, PostgreSQL moments that know their zone."""
    if _is_text(values):
        return pa.array(values, pa.string()).cast(TYPES[Kind.MOMENT])
    return pa.array(values, pa.timestamp("us", "UTC")).cast(TYPES[Kind.MOMENT])


def _days(values: tuple[Any, ...]) -> pa.Array:
    if _is_text(values):
        return pa.array(values, pa.string()).cast(TYPES[Kind.DAY])
    return pa.array(values, TYPES[Kind.DAY])


def _yes_no(values: tuple[Any, ...]) -> pa.Array:
    """SQLite has 0 and 1."""
    return pa.array([None if value is None else bool(value) for value in values])


def _numbers(values: tuple[Any, ...]) -> pa.Array:
    numbers = [None if value is None else float(value) for value in values]
    return pa.array(numbers, TYPES[Kind.NUMBER])


def _is_text(values: tuple[Any, ...]) -> bool:
    return isinstance(next((one for one in islice(values, None) if one is not None), None), str)


READERS: Mapping[Kind, Callable[[tuple[Any, ...]], pa.Array]] = {
    Kind.INTEGER: _plain(Kind.INTEGER),
    Kind.TEXT: _plain(Kind.TEXT),
    Kind.MOMENT: _moments,
    Kind.DAY: _days,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _numbers,
}
