"""A figure, the bare database's beside it, and the ways to get at both."""

import json
import sqlite3
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

from django.apps import apps
from django.db import connection, transaction

SECOND = 1000  # milliseconds
BOUNDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")  # of a transaction
Table = tuple[list[str], list[tuple[Any, ...]]]  # names of columns, rows
Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """``bare`` is what the database alone takes, or could do, in the same run; None: no such thing.

    ``unit`` is s, ms or MB (less is better) or /s (more is better).
    """

    what: str
    value: float
    unit: str
    bare: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the bare cost."""
        if not self.bare or not self.value:
            return None
        return self.bare / self.value if self.unit == "/s" else self.value / self.bare


def tell(figure: Figure) -> None:
    """To the process that prints the table."""
    sys.stdout.write(json.dumps(asdict(figure)) + "\n")
    sys.stdout.flush()


def seconds(work: Work) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def rate(what: str, *, count: int, work: Work, bare: float | None = None) -> Figure:
    """So many a second; ``bare`` in seconds for as many."""
    return Figure(what, count / seconds(work), "/s", count / bare if bare else None)


def processor_seconds(work: Work) -> float:
    """What this process worked, whatever else the machine does; SQLite works inside it."""
    started = process_time()
    work()
    return process_time() - started


def took(
    what: str, work: Work, *, measure: Callable[[Work], float] = seconds, times: int = 3
) -> Figure:
    """The median of some times, beside that of the same statements sent by themselves, in turns."""
    with recorded() as statements:
        work()  # which also warms it up
    both = [(measure(work), measure(lambda: send(statements))) for _ in range(times)]
    value, bare = (statistics.median(each) * SECOND for each in zip(*both, strict=True))
    return Figure(what, value, "ms", bare)


def quantile(waits: Sequence[float], *, percent: int) -> float:
    return statistics.quantiles(waits, n=100)[percent - 1]


def rows_in(*names: str) -> dict[str, Table]:
    """What stands in these tables, or in all of ours, as the database gives it.

    In the order of the strata: what is pointed at stands before what points at it.
    """
    found = {}
    with plain_cursor() as cursor:
        for name in names or [
            model._meta.db_table for model in apps.get_models() if model._meta.managed
        ]:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 -- our own tables
            rows = [tuple(row) for row in cursor.fetchall()]
            if rows:
                found[name] = ([column[0] for column in cursor.description], rows)
    return found


def put_back(tables: Mapping[str, Table], *, at_once: int = 0) -> float:
    """Seconds that the database takes to insert them by ``executemany``: so many rows, or all,
    in a transaction. They are taken out first, so that all is as before."""
    portions = list(_portions(tables, at_once))
    with plain_cursor() as cursor:
        _empty(cursor, tables)
        started = perf_counter()
        for together in [[one] for one in portions] if at_once else [portions]:
            cursor.execute("BEGIN")
            for sql, rows in together:
                cursor.executemany(sql, rows)
            cursor.execute("COMMIT")
        return perf_counter() - started


def _portions(
    tables: Mapping[str, Table], at_once: int
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    place = "%s" if connection.vendor == "postgresql" else "?"
    for name, (columns, rows) in tables.items():
        named, places = ", ".join(map(_quoted, columns)), ", ".join([place] * len(columns))
        sql = f"INSERT INTO {_quoted(name)} ({named}) VALUES ({places})"  # noqa: S608 -- our own tables
        for start in range(0, len(rows), at_once or len(rows)):
            yield sql, rows[start : start + (at_once or len(rows))]


def _empty(cursor: Any, tables: Mapping[str, Table]) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))} CASCADE")
        return
    cursor.execute("PRAGMA foreign_keys = OFF")
    for name in tables:
        cursor.execute(f"DELETE FROM {_quoted(name)}")  # noqa: S608 -- our own tables
    cursor.execute("PRAGMA foreign_keys = ON")


def _quoted(name: str) -> str:
    return f'"{name}"'


@contextmanager
def plain_cursor() -> Iterator[Any]:
    """Past Django: values go in and out as the database's own driver has them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            yield cursor.cursor
        return
    settings = connection.settings_dict
    plain = sqlite3.connect(settings["NAME"], isolation_level=None)
    for pragma in settings["OPTIONS"]["init_command"].split(";"):
        plain.execute(pragma)
    try:
        yield plain.cursor()
    finally:
        plain.close()


@contextmanager
def recorded() -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's signature
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def send(statements: Sequence[tuple[str, Any]]) -> None:
    """Once more, in one transaction of which nothing stays: where each of them began was told,
    not always where it ended."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in statements:
            if sql.startswith(BOUNDS):
                continue
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
        transaction.set_rollback(True)
