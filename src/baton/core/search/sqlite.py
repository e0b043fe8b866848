"""The index as a table of FTS5, and the triggers that keep it.

Its tokenizer takes the accents off Latin letters; the parts come casefolded. No positions are kept
(``detail``): words are asked for one by one.
"""

from collections.abc import Iterator

from baton.core.search.indexes import Index, Part
from baton.core.search.words import SPELLED

OPTIONS = (
    """tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* Co'", """
    "prefix='1 2 3', detail=column"
)


def table(index: Index) -> str:
    """FTS5 calls a column by the table's name: it is what MATCH is asked of."""
    names = ", ".join(part.name for part in index.parts)
    return f"CREATE VIRTUAL TABLE {index.table} USING fts5({names}, {OPTIONS})"


def drop(index: Index) -> Iterator[str]:
    for name in triggers(index):
        yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"DROP TABLE IF EXISTS {index.table}"


def empty(index: Index) -> str:
    return f"DELETE FROM {index.table}"  # noqa: S608 -- our own tables


def fill(index: Index) -> str:
    """All living records; into an empty table."""
    return f"{_into(index)} {_right(index)}"


def differing(index: Index) -> str:
    """How many records have other words than the index says, or have none there, or are gone."""
    names = ", ".join(part.name for part in index.parts)
    kept, right = f"SELECT rowid, {names} FROM {index.table}", _right(index)  # noqa: S608 -- our own tables
    both = f"SELECT * FROM ({kept} EXCEPT {right}) UNION ALL SELECT * FROM ({right} EXCEPT {kept})"  # noqa: S608 -- our own tables
    return f"SELECT COUNT(DISTINCT rowid) FROM ({both}) d"  # noqa: S608 -- our own tables


def _right(index: Index) -> str:
    return f"SELECT {_row(index, 'r')} FROM {index.record} r WHERE r.deleted_at IS NULL"  # noqa: S608 -- our own tables


def triggers(index: Index) -> dict[str, str]:
    """By name, as SQLite keeps their text."""
    found = dict(_of_record(index))
    for part in index.parts:
        if part.points:
            found |= _of_pointing(index, part)
        elif part.through:
            found |= [_of_pointed(index, part)]
    return found


def _of_record(index: Index) -> Iterator[tuple[str, str]]:
    new = f"{_into(index)} SELECT {_row(index, 'NEW')}"
    old = f"DELETE FROM {index.table} WHERE rowid = OLD.id"  # noqa: S608 -- our own tables
    living, columns = "NEW.deleted_at IS NULL", [*index.own, "deleted_at"]
    yield _trigger(index, "new", f"INSERT ON {index.record} WHEN {living}", new)
    event = f"UPDATE OF {', '.join(columns)} ON {index.record} WHEN {_differ(columns)}"
    yield _trigger(index, "changed", event, f"{old}; {new} WHERE {living}")
    yield _trigger(index, "gone", f"DELETE ON {index.record}", old)


def _of_pointing(index: Index, part: Part) -> Iterator[tuple[str, str]]:
    columns = [part.points, part.column, "deleted_at"]
    name, on, points = part.name, f"ON {part.table}", part.points
    words = _words(part, f"{index.table}.rowid")
    work = f"UPDATE {index.table} SET {name} = {words} WHERE rowid IN "  # noqa: S608 -- our own tables
    event = f"INSERT {on} WHEN NEW.deleted_at IS NULL"
    yield _trigger(index, f"{name}_new", event, f"{work}(NEW.{points})")
    event = f"UPDATE OF {', '.join(columns)} {on} WHEN {_differ(columns)}"
    yield _trigger(index, f"{name}_changed", event, f"{work}(OLD.{points}, NEW.{points})")
    yield _trigger(index, f"{name}_gone", f"DELETE {on}", f"{work}(OLD.{points})")


def _of_pointed(index: Index, part: Part) -> tuple[str, str]:
    columns = [part.column, "deleted_at"]
    event = f"UPDATE OF {', '.join(columns)} ON {part.table} WHEN {_differ(columns)}"
    theirs = f"SELECT r.id FROM {index.record} r WHERE r.{part.through} = NEW.id"  # noqa: S608 -- our own tables
    words = f"CASE WHEN NEW.deleted_at IS NULL THEN {_plain(f'NEW.{part.column}')} END"
    work = f"UPDATE {index.table} SET {part.name} = {words} WHERE rowid IN ({theirs})"  # noqa: S608 -- our own tables
    return _trigger(index, f"{part.name}_changed", event, work)


def _trigger(index: Index, name: str, event: str, work: str) -> tuple[str, str]:
    whole = f"{index.table}_{name}"
    return whole, f"CREATE TRIGGER {whole} AFTER {event} BEGIN {work}; END"


def _differ(columns: list[str]) -> str:
    return "(" + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns) + ")"


def _into(index: Index) -> str:
    return f"INSERT INTO {index.table}(rowid, {', '.join(part.name for part in index.parts)})"


def _row(index: Index, row: str) -> str:
    parts = (
        _words(part, f"{row}.{'id' if part.points else part.through}")
        if part.table
        else _plain(f"{row}.{part.column}")
        for part in index.parts
    )
    return ", ".join([f"{row}.id AS rowid", *parts])


def _words(part: Part, key: str) -> str:
    """Of another table's living rows, in the order of their ids: so the same words always."""
    given = f"t.{part.points} = {key}" if part.points else f"t.id = {key}"
    living = f"FROM {part.table} t WHERE {given} AND t.deleted_at IS NULL ORDER BY t.id"
    return f"(SELECT group_concat(w, ' ') FROM (SELECT {_plain(f't.{part.column}')} w {living}))"  # noqa: S608 -- our own tables


def _plain(column: str) -> str:
    for letter, spelled in SPELLED.items():
        column = f"replace({column}, '{letter}', '{spelled}')"
    return column
