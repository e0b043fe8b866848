"""Rows of the database as Arrow, with as little Python in between as can be.

The database packs a row into one JSON list, and DuckDB reads it: a Python object for each value
took longer than all the rest of sealing. A few rows are read sooner than DuckDB plans how.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pyarrow as pa
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from duckdb import DuckDBPyConnection

from baton.insight.lake.queries.engine import engine
from baton.insight.lake.rules import Kind

AT_ONCE = 1_000  # rows that are Python objects at a time: as many as a processor's cache has
FEW = 200  # rows that Python reads sooner
LINES = pa.schema([("line", pa.string())])
TYPES = {
    Kind.INTEGER: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.DAY: pa.date32(),
    Kind.YES_NO: pa.bool_(),
    Kind.NUMBER: pa.float64(),
}
WORDS = {
    Kind.INTEGER: "BIGINT",
    Kind.TEXT: "VARCHAR",
    Kind.MOMENT: "TIMESTAMP",
    Kind.DAY: "DATE",
    Kind.YES_NO: "BOOLEAN",
    Kind.NUMBER: "DOUBLE",
}
AS_WRITTEN: dict[str, Any] = {"parse_int": str, "parse_float": str}
# A payload is a text in SQLite and JSON in PostgreSQL: here it is a text.
PACKED_BY_POSTGRES = {Kind.MOMENT: "{} AT TIME ZONE 'UTC'", Kind.TEXT: "{}::text"}


def table_of(rows: QuerySet[Any, Any], columns: Mapping[str, Kind]) -> pa.Table:
    """The named columns of these rows."""
    lines = lines_of(rows, columns)
    if not lines.num_rows:
        return schema_of(columns).empty_table()
    if lines.num_rows <= FEW:
        with suppress(pa.ArrowInvalid):  # a spelling that DuckDB alone knows
            return parsed_here(lines, columns)
    with engine() as lake:
        return parsed(lake, lines, columns)


def lines_of(rows: QuerySet[Any, Any], columns: Mapping[str, Kind]) -> pa.Table:
    """Each row as a JSON list of these columns, asked of the database directly: Django would look
    at each value on its way."""
    try:
        sql, params = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return LINES.empty_table()
    with connection.cursor() as cursor:
        cursor.execute(_packed(sql, columns), params)
        return pa.Table.from_batches(_batches(cursor), schema=LINES)


def parsed(lake: DuckDBPyConnection, lines: pa.Table, columns: Mapping[str, Kind]) -> pa.Table:
    """What ``lines_of`` has read, by column."""
    chosen = ", ".join(
        f'CAST(listed[{place}] AS {WORDS[kind]}) AS "{name}"'
        for place, (name, kind) in enumerate(columns.items(), start=1)
    )
    listed = """SELECT JSON_TRANSFORM(line, '["VARCHAR"]') AS listed FROM lines"""
    lake.register("lines", lines)
    found = lake.execute(f"SELECT {chosen} FROM ({listed})").to_arrow_table()  # noqa: S608 -- our own names
    lake.unregister("lines")
    return found.cast(schema_of(columns))


def parsed_here(lines: pa.Table, columns: Mapping[str, Kind]) -> pa.Table:
    """The same, of a few lines."""
    rows = [json.loads(line, **AS_WRITTEN) for line in lines.column("line").to_pylist()]
    told = [pa.array(map(_as_text, values), pa.string()) for values in zip(*rows, strict=True)]
    return pa.table(
        [one.cast(TYPES[kind]) for one, kind in zip(told, columns.values(), strict=True)],
        schema=schema_of(columns),
    )


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def schema_of(columns: Mapping[str, Kind]) -> pa.Schema:
    """The types of these columns, also where there is no row."""
    return pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])


def _packed(sql: str, columns: Mapping[str, Kind]) -> str:
    if connection.vendor == "sqlite":
        names = ", ".join(f'"{name}"' for name in columns)
        return f"SELECT json_array({names}) FROM ({sql})"  # noqa: S608 -- our own names
    packed = PACKED_BY_POSTGRES
    values = ", ".join(packed.get(kind, "{}").format(f'"{name}"') for name, kind in columns.items())
    return f"SELECT json_build_array({values})::text FROM ({sql}) AS every"  # noqa: S608 -- our own names


def _batches(cursor: Any) -> Iterator[pa.RecordBatch]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield pa.record_batch([pa.array([line for (line,) in rows], pa.string())], schema=LINES)
