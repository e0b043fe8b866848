"""The index as a table of tsvectors with a GIN index, and the triggers that keep it.

Words are made by a function of ours: PostgreSQL's parser takes mail addresses and numbers apart in
ways of its own, and its classes of letters hang on the database's locale. Weights tell the parts.
"""

from collections.abc import Iterator

from baton.core.search.indexes import WEIGHTS, Index, Part
from baton.core.search.words import SPELLED

# What stands between two words: ASCII but letters and digits, and the signs of other blocks.
BETWEEN = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u02c2-\u02c5\u02d2-\u02df\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2190-\u245f"
    r"\u2500-\u2775\u2794-\u2bff\u3000-\u3004\u3008-\u3020\u30fb\ufe10-\ufe1f\ufe30-\ufe6f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
SINGLE = {letter: spelled for letter, spelled in SPELLED.items() if len(spelled) == 1}
DOUBLE = {letter: spelled for letter, spelled in SPELLED.items() if len(spelled) > 1}


def functions() -> Iterator[str]:
    """As ``words.folded`` and ``words.words_of`` have it; what comes in is casefolded already."""
    plain = f"translate($1, '{''.join(SINGLE)}', '{''.join(SINGLE.values())}')"
    for letter, spelled in DOUBLE.items():
        plain = f"replace({plain}, '{letter}', '{spelled}')"
    bare = rf"regexp_replace(normalize({plain}, NFD), '([a-z])[\u0300-\u036f]+', '\1', 'g')"
    bare = rf"regexp_replace(normalize({bare}, NFC), '[\u0300-\u036f]+', '', 'g')"
    is_ascii = "octet_length($1) = length($1)"
    yield _function(
        "search_folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE",
        f"SELECT CASE WHEN {is_ascii} THEN $1 ELSE {bare} END",
    )
    apart = f"trim(regexp_replace(search_folded($1), '[{BETWEEN}]+', ' ', 'g'))"
    weighed = "(replace(w, ' ', ':1' || $2 || ' ') || ':1' || $2)::tsvector"
    told = f"CASE WHEN coalesce(w, '') = '' THEN ''::tsvector ELSE {weighed} END"
    yield _function(
        "search_words(text, text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE",
        f"SELECT {told} FROM (SELECT {apart} w) words",  # noqa: S608 -- our own tables
    )


def table(index: Index) -> str:
    name = index.table
    return (
        f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, {name} tsvector NOT NULL); "
        f"CREATE INDEX {name}_by_word ON {name} USING gin ({name})"
    )


def drop(index: Index) -> Iterator[str]:
    for name in functions_of(index):
        yield f"DROP FUNCTION IF EXISTS {name} CASCADE"  # with the triggers that call it
    yield f"DROP TABLE IF EXISTS {index.table}"


def empty(index: Index) -> str:
    return f"TRUNCATE {index.table}"


def fill(index: Index) -> str:
    return f"INSERT INTO {index.table} {_right(index)}"


def differing(index: Index) -> str:
    """How many records have other words than the index says, or have none there, or are gone."""
    return (
        f"SELECT COUNT(*) FROM {index.table} w FULL JOIN ({_right(index)}) r USING (rowid) "  # noqa: S608 -- our own tables
        f"WHERE w.{index.table} IS DISTINCT FROM r.words"
    )


def _right(index: Index) -> str:
    told = f"r.id AS rowid, {_words(index)} AS words"
    return f"SELECT {told} FROM {index.record} r WHERE r.deleted_at IS NULL"  # noqa: S608 -- our own tables


def _words(index: Index) -> str:
    pairs = zip(index.parts, WEIGHTS, strict=False)
    return " || ".join(f"search_words({_part(part)}, '{weight}')" for part, weight in pairs)


def _part(part: Part) -> str:
    if not part.table:
        return f"r.{part.column}"
    given = f"t.{part.points} = r.id" if part.points else f"t.id = r.{part.through}"
    living = f"FROM {part.table} t WHERE {given} AND t.deleted_at IS NULL"
    return f"(SELECT string_agg(t.{part.column}, ' ') {living})"


def functions_of(index: Index) -> dict[str, str]:
    """By name with its arguments. All but one are what triggers call."""
    name = index.table
    call = f"PERFORM {name}_write(ARRAY(%s)); RETURN NULL;"
    gone = f"DELETE FROM {name} WHERE rowid IN (SELECT id FROM old_rows); RETURN NULL;"  # noqa: S608 -- our own tables
    found = {
        f"{name}_write(bigint[])": _write(index),
        f"{name}_new()": call % "SELECT id FROM new_rows WHERE deleted_at IS NULL",
        f"{name}_changed()": call % "SELECT NEW.id",
        f"{name}_gone()": gone,
        f"{name}_emptied()": f"TRUNCATE {name}; RETURN NULL;",
    }
    for part in index.parts:
        if part.points:
            living = f"SELECT {part.points} FROM new_rows WHERE deleted_at IS NULL"  # noqa: S608 -- our own tables
            both = f"SELECT unnest(ARRAY[OLD.{part.points}, NEW.{part.points}])"
            found[f"{name}_{part.name}_new()"] = call % living
            found[f"{name}_{part.name}_changed()"] = call % both
            found[f"{name}_{part.name}_gone()"] = call % f"SELECT {part.points} FROM old_rows"  # noqa: S608 -- our own tables
        elif part.through:
            # Whoever writes a record that points here has locked it for its key: after this, all
            # that they wrote is seen, and who comes later sees the new name.
            theirs = f"SELECT id FROM {index.record} WHERE {part.through} = NEW.id"  # noqa: S608 -- our own tables
            lock = f"PERFORM 1 FROM {part.table} WHERE id = NEW.id FOR UPDATE; "
            found[f"{name}_{part.name}_changed()"] = lock + call % theirs
    return found


def _write(index: Index) -> str:
    """Lock, then look: in a statement of its own, which sees what others wrote meanwhile."""
    record, name = index.record, index.table
    locks = [f"PERFORM 1 FROM {record} WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE;"]
    for part in index.parts:
        if part.through:
            theirs = f"SELECT {part.through} FROM {record} WHERE id = ANY($1)"  # noqa: S608 -- our own tables
            locks.append(
                f"PERFORM 1 FROM {part.table} WHERE id IN ({theirs}) ORDER BY id FOR KEY SHARE;"
            )
    dead = f"SELECT 1 FROM {record} r WHERE r.id = rowid AND r.deleted_at IS NULL"  # noqa: S608 -- our own tables
    return " ".join(
        [
            *locks,
            f"DELETE FROM {name} WHERE rowid = ANY($1) AND NOT EXISTS ({dead});",  # noqa: S608 -- our own tables
            f"INSERT INTO {name} {_right(index)} AND r.id = ANY($1)",
            f"ON CONFLICT (rowid) DO UPDATE SET {name} = EXCLUDED.{name}",
            f"WHERE {name}.{name} IS DISTINCT FROM EXCLUDED.{name};",
        ]
    )


def triggers(index: Index) -> dict[str, str]:
    """By name. New and gone rows all at once; changed ones one by one, where a word changed."""
    found = dict(_whole(index.record, index.table, truncated=True))
    found |= [_each(index.record, index.table, [*index.own, "deleted_at"])]
    for part in index.parts:
        name = f"{index.table}_{part.name}"
        if part.points:
            found |= _whole(part.table, name)
            found |= [_each(part.table, name, [part.points, part.column, "deleted_at"])]
        elif part.through:
            found |= [_each(part.table, name, [part.column, "deleted_at"])]
    return found


def _whole(table: str, name: str, *, truncated: bool = False) -> Iterator[tuple[str, str]]:
    for event, rows, word in (("INSERT", "NEW", "new"), ("DELETE", "OLD", "gone")):
        told = f"AFTER {event} ON {table} REFERENCING {rows} TABLE AS {rows.lower()}_rows"
        yield _trigger(f"{name}_{word}", f"{told} FOR EACH STATEMENT")
    if truncated:
        yield _trigger(f"{name}_emptied", f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT")


def _each(table: str, name: str, columns: list[str]) -> tuple[str, str]:
    differ = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)
    event = f"AFTER UPDATE OF {', '.join(columns)} ON {table} FOR EACH ROW WHEN ({differ})"
    return _trigger(f"{name}_changed", event)


def _trigger(name: str, event: str) -> tuple[str, str]:
    return name, f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()"


def create_function(name: str, body: str) -> str:
    kind = "void" if "(bigint[])" in name else "trigger"
    return _function(f"{name} RETURNS {kind} LANGUAGE plpgsql", f"BEGIN {body} END")


def _function(head: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {head} AS $search$ {body} $search$"
