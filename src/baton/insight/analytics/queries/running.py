"""Run a ``.sql`` file on the database at hand.

``:name`` is a value; ``:cohort``, ``:reached`` and the like put in the file of that name; other
fragments are given by the caller (never by a user). ``DAYS(a, b)`` and ``DATES(a, b)`` are the two
things that SQLite and PostgreSQL say differently: days between two moments, and between two dates.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from baton.core.seen import without_unseen

FILES = Path(__file__).parents[1] / "sql"
PARTS = (
    "cohort",
    "campaign_of",
    "source",
    "reached",
    "undone_wins",
    "owners_of_steps",
    "rep_of_step",
    "theirs",
    "said",
    "let_down",
    "counted_deals",
)
CHANGES = "lifecycle_stagechange"  # in the lake it is another one
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
PLACE = re.compile(r"(?<!:):([a-z_]+)\b")
Row = dict[str, Any]


def run(
    name: str,
    *,
    values: Mapping[str, Any],
    fragments: Mapping[str, str] | None = None,
    bounds: Mapping[str, QuerySet[Any, Any]] | None = None,
) -> list[Row]:
    """The rows of ``name.sql`` as dicts; ``bounds`` are queries, by the name of their place."""
    sql, params = compose(name, values=values, fragments=fragments, bounds=bounds)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def subquery(
    name: str,
    *,
    values: Mapping[str, Any],
    fragments: Mapping[str, str] | None = None,
    bounds: Mapping[str, QuerySet[Any, Any]] | None = None,
) -> RawSQL:
    """The same as something to filter by: ``people.filter(pk__in=subquery(...))``."""
    # From our own files: what a user gave is among the parameters.
    return RawSQL(*compose(name, values=values, fragments=fragments, bounds=bounds))  # noqa: S611 -- see above


def compose(
    name: str,
    *,
    values: Mapping[str, Any],
    fragments: Mapping[str, str] | None = None,
    bounds: Mapping[str, QuerySet[Any, Any]] | None = None,
) -> tuple[str, list[Any]]:
    """The statement with ``%s`` places, and its parameters in their order."""
    whole = without_unseen(_with_parts(_read(name), dict(fragments or {})))
    sql = _in_dialect(whole).replace("%", "%%")
    seen = {place: rows.query.sql_with_params() for place, rows in (bounds or {}).items()}
    params: list[Any] = []

    def fill(place: re.Match[str]) -> str:
        if place[1] in seen:
            text, own = seen[place[1]]
            params.extend(own)
            return text
        params.append(_plain(values[place[1]]))
        return "%s"

    return PLACE.sub(fill, sql), params


def _with_parts(sql: str, fragments: dict[str, str]) -> str:
    """A part may ask for further ones."""
    texts = {"changes": CHANGES} | fragments | {part: _read(part) for part in PARTS}
    while not texts.keys().isdisjoint(PLACE.findall(sql)):
        sql = PLACE.sub(lambda place: texts.get(place[1], place[0]), sql)
    return sql


@cache
def _read(name: str) -> str:
    """Without comments: a colon in one is no parameter."""
    lines = (FILES / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line.split("--", 1)[0].rstrip() for line in lines)


def _in_dialect(sql: str) -> str:
    for word, meaning in DIALECTS[connection.vendor].items():
        sql = re.sub(rf"\b{word}\({ARGUMENT},{ARGUMENT}\)", meaning, sql)
    return sql


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
