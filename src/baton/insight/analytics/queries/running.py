"""Run a ``.sql`` file on the database at hand.

``:name`` is a value; ``:reached`` and ``:grouped`` put in the file of that name; other fragments
are given by the caller (never by a user). ``DAYS(a, b)`` and ``DATES(a, b)`` are the two things
that SQLite and PostgreSQL say differently: days between two moments, and between two dates.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

FILES = Path(__file__).parents[1] / "sql"
INCLUDED = ("reached", "grouped")
DIALECTS = {
    "sqlite": {
        "DAYS": r"(julianday(\2) - julianday(\1))",
        "DATES": r"(julianday(\2) - julianday(\1))",
    },
    "postgresql": {
        "DAYS": r"(EXTRACT(EPOCH FROM (\2) - (\1)) / 86400.0)",
        "DATES": r"(CAST(\2 AS date) - CAST(\1 AS date))",
    },
}
ARGUMENT = r"((?:[^(),]|\([^()]*\))+)"
Row = dict[str, Any]


def run(
    name: str,
    *,
    values: Mapping[str, Any],
    fragments: Mapping[str, str] | None = None,
    visible: "QuerySet[Any] | None" = None,
) -> list[Row]:
    """The rows of ``name.sql`` as dicts; ``visible`` is a query of ids that bounds what is read."""
    sql, params = compose(name, values=values, fragments=fragments, visible=visible)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def compose(
    name: str,
    *,
    values: Mapping[str, Any],
    fragments: Mapping[str, str] | None = None,
    visible: "QuerySet[Any] | None" = None,
) -> tuple[str, dict[str, Any]]:
    """The statement with ``%(name)s`` places, and its parameters."""
    sql = _read(name)
    for part in INCLUDED:
        sql = sql.replace(f":{part}", _read(part))
    for fragment, text in (fragments or {}).items():
        sql = re.sub(rf":{fragment}\b", text.replace("\\", r"\\"), sql)
    sql = _in_dialect(sql).replace("%", "%%")
    params = {key: _plain(value) for key, value in values.items()}
    if visible is not None:
        seen, seen_params = _ids(visible)
        sql = sql.replace(":visible", seen)
        params |= seen_params
    sql = re.sub(r"(?<!:):([a-z_]+)\b", r"%(\1)s", sql)
    return sql, params


@cache
def _read(name: str) -> str:
    """Without comments: a colon in one is no parameter."""
    lines = (FILES / f"{name}.sql").read_text().splitlines()
    return "\n".join(line.split("--", 1)[0].rstrip() for line in lines)


def _in_dialect(sql: str) -> str:
    for word, meaning in DIALECTS[connection.vendor].items():
        sql = re.sub(rf"\b{word}\({ARGUMENT},{ARGUMENT}\)", meaning, sql)
    return sql


def _ids(visible: "QuerySet[Any]") -> tuple[str, dict[str, Any]]:
    """Django's own SQL for the ids, with named places."""
    sql, positional = visible.values("id").query.sql_with_params()
    names = [f"seen_{number}" for number in range(len(positional))]
    places = iter(names)
    sql = re.sub(r"%s", lambda _match: f"%({next(places)})s", sql)
    return sql, dict(zip(names, positional, strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
