"""Write many rows that are given column by column: no object a row, each column written at once.

What is the same in all rows goes to the database once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from baton.core.bulk import CHUNK
from baton.core.sqlite.compiler import as_it_is, way_of

Field = models.Field[Any, Any]


@dataclass(frozen=True)
class Same:
    """One value for all rows."""

    value: Any


Column = Sequence[Any] | Same


def insert_columns(
    model: type[models.Model],
    columns: Mapping[str, Column],
    *,
    count: int,
    keeps_known: bool = False,
) -> list[int]:
    """So many new rows, and their ids in order. ``columns`` by their names (a foreign key by its
    ``_id``); what is not given has its default, asked once for all but where it is unique. With
    ``keeps_known`` a row that is there already, by a unique constraint, stays and brings no id.

    As ``bulk_create`` it checks nothing and tells nobody.
    """
    if not count:
        return []
    shared, various = _written(model, columns, count)
    order = (*shared, *various)
    size = _portion(len(shared), len(various))
    ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, count, size):
            some = min(size, count - start)
            sql = _statement(model, order, len(shared), some, keeps_known=keeps_known)
            cursor.execute(sql, _values(shared.values(), various.values(), start, some))
            ids += [pk for (pk,) in cursor.fetchall()]
    return ids


def put_columns(
    model: type[models.Model], columns: Mapping[str, Column], *, once: tuple[str, ...], count: int
) -> None:
    """So many rows, of which some are there already: by the unique constraint over ``once`` the
    others of their columns are written anew."""
    if not count:
        return
    shared, various = _written(model, columns, count)
    order = (*shared, *various)
    renewed = tuple(name for name in order if name in columns and name not in once)
    size = _portion(len(shared), len(various))
    with connection.cursor() as cursor:
        for start in range(0, count, size):
            some = min(size, count - start)
            sql = _putting(model, order, len(shared), some, once=once, renewed=renewed)
            cursor.execute(sql, _values(shared.values(), various.values(), start, some))


def update_columns(
    model: type[models.Model], ids: Sequence[int], columns: Mapping[str, Sequence[Any]]
) -> None:
    """Write these columns of the rows by id, in the same order. Ids that are gone do no harm."""
    if not ids or not columns:
        return
    ways = _ways(model)
    values = [ways[name].all(column) for name, column in columns.items()]
    sql = _updating(model, tuple(columns))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # a statement that is ready costs next to nothing a row
            cursor.executemany(sql, list(zip(*values, ids, strict=True)))
        else:
            cursor.execute(sql, [*map(list, values), list(ids)])


def spread(column: Column, count: int) -> Sequence[Any]:
    """Its value in each row."""
    return [column.value] * count if isinstance(column, Same) else column


def usual(values: Sequence[Any]) -> Column:
    """The values of a column; where they are all the same, as that one."""
    first = values[0]
    return Same(first) if values.count(first) == len(values) else values


@cache
def _fields(model: type[models.Model]) -> Mapping[str, Field]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _written(
    model: type[models.Model], columns: Mapping[str, Column], count: int
) -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
    """What is the same in all rows, and what is each one's own, as the driver takes it."""
    ways = _ways(model)
    usual_ones, asked_anew = _defaults(model)
    shared = dict(usual_ones)
    various: dict[str, Sequence[Any]] = {}
    missing = {name: make(count) for name, make in asked_anew.items() if name not in columns}
    for name, column in (missing | dict(columns)).items():
        if isinstance(column, Same):
            shared[name] = ways[name].one(column.value)
        else:
            shared.pop(name, None)
            various[name] = ways[name].all(column)
    if not various:  # a row needs something of its own
        name, value = shared.popitem()
        various[name] = [value] * count
    return shared, various


@cache
def _defaults(
    model: type[models.Model],
) -> tuple[Mapping[str, Any], Mapping[str, Callable[[int], Column]]]:
    """The values of fields that always begin alike, and how the others begin so many rows."""
    fields = [one for one in _fields(model).values() if not one.primary_key]
    usual_ones = {
        one.attname: _ways(model)[one.attname].one(one.get_default())
        for one in fields
        if _begins_alike(one)
    }
    others = [one for one in fields if one.attname not in usual_ones]
    return usual_ones, {one.attname: _beginning(one) for one in others}


def _begins_alike(field: Field) -> bool:
    is_made = _is_made(field) and field.default not in (dict, list)
    return not (_is_clock(field) or is_made or field.unique)


def _is_made(field: Field) -> bool:
    return bool(field.has_default() and callable(field.default))


def _is_clock(field: Field) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


def _beginning(field: Field) -> Callable[[int], Column]:
    if _is_clock(field):
        return lambda _count: Same(timezone.now())
    if field.unique:
        make = field.default if _is_made(field) else field.get_default
        return lambda count: [make() for _row in range(count)]
    return lambda _count: Same(field.get_default())


class _Way:
    """How the values of a field are made into what the database's driver takes. Worked out once:
    of a single row it would take longer than to write it."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._kinds, self._write = way_of(field) or (frozenset(), as_it_is)
        if connection.vendor != "sqlite":
            self._write = as_it_is
            self._kinds = frozenset() if isinstance(field, models.JSONField) else self._kinds
        self._left_alone = self._kinds if self._write is as_it_is else frozenset()

    def one(self, value: Any) -> Any:
        return value if value.__class__ in self._left_alone else self.all((value,))[0]

    def all(self, values: Sequence[Any]) -> Sequence[Any]:
        if self._kinds.issuperset(map(type, values)):
            return self._write(values)
        return [self._field.get_db_prep_save(one, connection) for one in values]


@cache
def _ways(model: type[models.Model]) -> Mapping[str, _Way]:
    return {name: _Way(field) for name, field in _fields(model).items()}


@cache
def _portion(shared: int, various: int) -> int:
    """Rows in one statement. PostgreSQL takes a column as one value."""
    if connection.vendor != "sqlite":
        return CHUNK
    most = connection.features.max_query_params or CHUNK
    return max(1, min(CHUNK, (most - shared) // max(1, various)))


def _values(
    shared: Iterable[Any], various: Iterable[Sequence[Any]], start: int, count: int
) -> list[Any]:
    some = [one[start : start + count] for one in various]
    if connection.vendor == "sqlite":
        return [*shared, *chain.from_iterable(zip(*some, strict=True))]
    return [*shared, *(list(one) for one in some)]


@lru_cache(maxsize=120)
def _statement(
    model: type[models.Model],
    columns: tuple[str, ...],
    shared: int,
    count: int,
    *,
    keeps_known: bool,
) -> str:
    known = "WHERE TRUE ON CONFLICT DO NOTHING " if keeps_known else ""
    back = f"RETURNING {connection.ops.quote_name(str(model._meta.pk.column))}"
    return f"{_inserting(model, columns, shared, count)} {known}{back}"


@lru_cache(maxsize=60)
def _putting(
    model: type[models.Model],
    columns: tuple[str, ...],
    shared: int,
    count: int,
    *,
    once: tuple[str, ...],
    renewed: tuple[str, ...],
) -> str:
    names = {name: connection.ops.quote_name(str(_fields(model)[name].column)) for name in columns}
    same = ", ".join(names[name] for name in once)
    changes = ", ".join(f"{names[name]} = excluded.{names[name]}" for name in renewed)
    inserting = _inserting(model, columns, shared, count)
    return f"{inserting} WHERE TRUE ON CONFLICT ({same}) DO UPDATE SET {changes}"


@cache
def _updating(model: type[models.Model], columns: tuple[str, ...]) -> str:
    quoted = connection.ops.quote_name
    fields = [_fields(model)[column] for column in columns]
    names = [quoted(str(field.column)) for field in fields]
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    if connection.vendor == "sqlite":
        changes = ", ".join(f"{name} = %s" for name in names)
        return f"UPDATE {table} SET {changes} WHERE {key} = %s"  # noqa: S608 -- names of our own columns
    changes = ", ".join(f"{name} = fresh.c{place}" for place, name in enumerate(names))
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    shape = ", ".join([*(f"c{place}" for place in range(len(fields))), "key"])
    fresh = f"unnest({arrays}, %s::bigint[]) AS fresh({shape})"
    return f"UPDATE {table} SET {changes} FROM {fresh} WHERE {table}.{key} = fresh.key"  # noqa: S608 -- names of our own columns


def _inserting(model: type[models.Model], columns: tuple[str, ...], shared: int, count: int) -> str:
    """``columns`` begin with the ``shared`` ones. The rows stand in a table of their own, beside
    what is the same in all."""
    quoted = connection.ops.quote_name
    fields = [_fields(model)[column] for column in columns]
    names = ", ".join(quoted(str(field.column)) for field in fields)
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({names})"
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
    return f"{into} SELECT {', '.join([*marks, *picked])} FROM {rows}"  # noqa: S608 -- names of our own columns


def _type(field: Field) -> str:
    """Not that of the column, where that has a length: a cast would cut the text."""
    kind = str(field.db_type(connection))
    return "text" if kind.startswith(("varchar", "character")) else kind
