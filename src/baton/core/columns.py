"""Insert many rows that are given column by column: no object a row, each column written at once.

What is the same in all rows goes to the database once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models
from django.utils import timezone

from baton.core.bulk import CHUNK
from baton.core.sqlite.compiler import way_of

Field = models.Field[Any, Any]


@dataclass(frozen=True)
class Same:
    """One value for all rows."""

    value: Any


Column = Sequence[Any] | Same


def insert_columns(
    model: type[models.Model], columns: Mapping[str, Column], *, count: int
) -> list[int]:
    """So many new rows, and their ids in order. ``columns`` by their names (a foreign key by its
    ``_id``); what is not given has its default, asked once for all but where it is unique.

    As ``bulk_create`` it checks nothing and tells nobody.
    """
    if not count:
        return []
    fields = [one for one in _fields(model) if one.attname in columns or not one.primary_key]
    written = [_written(one, columns.get(one.attname), count) for one in fields]
    same = [place for place, one in enumerate(written) if isinstance(one, Same)]
    own = [place for place in range(len(fields)) if place not in same] or [same.pop()]
    order = (*(fields[place].attname for place in same), *(fields[place].attname for place in own))
    shared = [written[place].value for place in same]
    various = [spread(written[place], count) for place in own]
    size = _portion(len(shared), len(various))
    ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, count, size):
            some = min(size, count - start)
            sql = _statement(model, order, len(same), some)
            cursor.execute(sql, _values(shared, various, start, some))
            ids += [pk for (pk,) in cursor.fetchall()]
    return ids


def spread(column: Column, count: int) -> Sequence[Any]:
    """Its value in each row."""
    return [column.value] * count if isinstance(column, Same) else column


def usual(values: Sequence[Any]) -> Column:
    """The values of a column; where they are all the same, as that one."""
    first = values[0]
    return Same(first) if all(one is first or one == first for one in values) else values


@cache
def _fields(model: type[models.Model]) -> tuple[Field, ...]:
    return tuple(model._meta.concrete_fields)


def _written(field: Field, given: Column | None, count: int) -> Any:
    if given is None:
        given = _default(field, count)
    if isinstance(given, Same):
        return Same(_prepared(field, [given.value])[0])
    return _prepared(field, given)


def _default(field: Field, count: int) -> Column:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return Same(timezone.now())
    if field.unique:
        return [field.get_default() for _row in range(count)]
    return Same(field.get_default())


def _prepared(field: Field, values: Sequence[Any]) -> Sequence[Any]:
    """As the database's driver takes them."""
    kinds, write = way_of(field) or ((), None)
    if write and kinds and kinds.issuperset(map(type, values)):
        if connection.vendor == "sqlite":
            return write(values)
        if not isinstance(field, models.JSONField):
            return values
    return [field.get_db_prep_save(one, connection) for one in values]


def _portion(shared: int, various: int) -> int:
    """Rows in one statement. PostgreSQL takes a column as one value."""
    if connection.vendor != "sqlite":
        return CHUNK
    most = connection.features.max_query_params or CHUNK
    return max(1, min(CHUNK, (most - shared) // max(1, various)))


def _values(
    shared: Sequence[Any], various: Sequence[Sequence[Any]], start: int, count: int
) -> list[Any]:
    some = [one[start : start + count] for one in various]
    if connection.vendor == "sqlite":
        return [*shared, *chain.from_iterable(zip(*some, strict=True))]
    return [*shared, *(list(one) for one in some)]


@lru_cache(maxsize=120)
def _statement(model: type[models.Model], columns: tuple[str, ...], shared: int, count: int) -> str:
    """``columns`` begin with the ``shared`` ones. The rows stand in a table of their own, beside
    what is the same in all."""
    quoted = connection.ops.quote_name
    named = {field.attname: field for field in _fields(model)}
    fields = [named[column] for column in columns]
    names = ", ".join(quoted(str(field.column)) for field in fields)
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({names})"
    back = f"RETURNING {quoted(str(model._meta.pk.column))}"
    own = fields[shared:]
    if connection.vendor == "sqlite":
        marks = ["%s"] * shared
        row = f"({', '.join(['%s'] * len(own))})"
        picked = [f"column{place}" for place in range(1, len(own) + 1)]
        rows = f"(VALUES {', '.join([row] * count)})"
    else:
        marks = [f"%s::{_type(field)}" for field in fields[:shared]]
        picked = [f"fresh.c{place}" for place in range(len(own))]
        arrays = ", ".join(f"%s::{_type(field)}[]" for field in own)
        rows = f"unnest({arrays}) AS fresh({', '.join(f'c{n}' for n in range(len(own)))})"
    return f"{into} SELECT {', '.join([*marks, *picked])} FROM {rows} {back}"  # noqa: S608 -- names of our own columns


def _type(field: Field) -> str:
    """Not that of the column, where that has a length: a cast would cut the text."""
    kind = str(field.db_type(connection))
    return "text" if kind.startswith(("varchar", "character")) else kind
