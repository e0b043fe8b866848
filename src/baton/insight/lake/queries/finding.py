"""Which files have rows of a kind: to make them anew without these."""

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries.beside import undone
from baton.insight.lake.queries.broken import broken_files
from baton.insight.lake.queries.engine import engine, lake_root, quoted
from baton.insight.lake.queries.streams import SOURCES, SQL
from baton.insight.lake.rules import composed

PEOPLE = {
    "facts": "person_id IN (SELECT id FROM people)",
    "hits": "visitor_id IN (SELECT id FROM visitors)",
    "stage_changes": "person_id IN (SELECT id FROM people)",
}


def files_of_undone(name: str, *, until: int) -> list[LakeFile]:
    """Current files with rows whose undo was told up to that position of the log."""
    stream, source = Stream.objects.get(name=name), SOURCES[name]
    found = undone(stream, source, until=until) if "undone_by" in source.columns else None
    if found is None:
        return []
    stands = composed(SQL / "stands.sql", parts={"kept": "kept"})[0]
    return _with_rows(name, f"NOT ({stands})", {"undone_batches": found[0], "kept": found[1]})


def files_of_people(
    name: str, *, person_ids: Collection[int], visitor_ids: Collection[int]
) -> list[LakeFile]:
    """Current files with rows about any of them."""
    ids = {"people": person_ids, "visitors": visitor_ids}
    tables = {
        key: pa.table({"id": pa.array(list(value), pa.int64())}) for key, value in ids.items()
    }
    return _with_rows(name, PEOPLE[name], tables)


def _with_rows(name: str, condition: str, tables: Mapping[str, pa.Table]) -> list[LakeFile]:
    """What is broken is made anew from the log anyhow, and passed over here."""
    files = list(LakeFile.objects.current().filter(stream=name))
    sound = _without_broken(files, is_thorough=False)
    try:
        return _asked(sound, condition, tables)
    except duckdb.Error:
        return _asked(_without_broken(sound, is_thorough=True), condition, tables)


def _without_broken(files: list[LakeFile], *, is_thorough: bool) -> list[LakeFile]:
    broken = {file.pk for file, _why in broken_files(files, is_thorough=is_thorough)}
    return [file for file in files if file.pk not in broken]


def _asked(files: list[LakeFile], condition: str, tables: Mapping[str, pa.Table]) -> list[LakeFile]:
    paths = {str(lake_root() / file.path): file for file in files}
    if not paths:
        return []
    listed = ", ".join(map(quoted, paths))
    with engine(dict(tables)) as lake:
        found = lake.execute(
            f"SELECT DISTINCT filename FROM read_parquet([{listed}], filename = true) AS sealed "  # noqa: S608 -- our own names
            f"WHERE {condition} ORDER BY filename"
        )
        return [paths[path] for (path,) in found.fetchall()]
