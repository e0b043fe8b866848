"""Run a ``.sql`` file over the lake: files and tail of the streams, and the records beside them."""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.settings.queries import organisation_zone
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.permissions import VIEW_REPORTS
from baton.insight.lake.queries.arrow import table_of
from baton.insight.lake.queries.beside import (
    deals_told_apart,
    identities,
    people_told_apart,
    undone,
)
from baton.insight.lake.queries.broken import broken_files
from baton.insight.lake.queries.engine import awaited_engine, lake_root, quoted
from baton.insight.lake.queries.kept import is_worth_keeping, keeper
from baton.insight.lake.queries.relations import EACH_OR_NONE, RELATIONS, Eyes, Relation
from baton.insight.lake.queries.snapshot import one_snapshot
from baton.insight.lake.queries.streams import SOURCES, SQL, Source, day_sql, days_around, of_file
from baton.insight.lake.rules import composed, relations_in, words_in

logger = logging.getLogger(__name__)
Row = dict[str, Any]
Asked = tuple[str, dict[str, Any]]  # a statement and its values


def read(
    file: Path,
    *,
    user: User | None,
    permission: Permission = VIEW_REPORTS,
    values: Mapping[str, Any] | None = None,
    parts: Mapping[str, str] | None = None,
    beside: Mapping[str, Relation] | None = None,
) -> list[Row]:
    """The rows of this statement as dicts, under the eyes of ``user``; None sees all that lives.

    It reads ``facts``, ``hits`` and the relations of ``RELATIONS``, whichever it names, as of one
    moment. ``:name`` takes a value, or puts in the part or the file beside of that name. ``beside``
    are further relations, by the name in this statement; what they show is the caller's care.
    """
    statement = Statement(file, values=values or {}, parts=parts or {})
    [found] = read_together([statement], user=user, permission=permission, beside=beside)
    return found


@dataclass(frozen=True)
class Statement:
    """What ``read`` is asked, one of several."""

    file: Path
    values: Mapping[str, Any]
    parts: Mapping[str, str]

    def composed(self) -> tuple[str, dict[str, Any]]:
        """The SQL and its values."""
        sql, wanted = composed(self.file, parts=self.parts)
        return sql, {name: _plain(self.values[name]) for name in wanted}


def read_together(
    statements: Collection[Statement],
    *,
    user: User | None,
    permission: Permission = VIEW_REPORTS,
    beside: Mapping[str, Relation] | None = None,
) -> list[list[Row]]:
    """The rows of each, as ``read`` has them, all of the same moment: what several read is loaded
    once. Of many facts they are kept while nothing is written (``kept.py``), for who sees all."""
    asked = [one.composed() for one in statements]
    eyes, zone = Eyes(user, permission), organisation_zone()
    read_now = partial(_read_now, asked, eyes, zone, beside)
    if not eyes.see_all or relations_in(_sql_of(asked), ["hits"]) or not is_worth_keeping():
        return read_now()
    given = tuple(repr(sorted(one.values.items())) for one in statements)
    seen = (user.pk if user else None, permission.name, *map(eyes.may, EACH_OR_NONE))
    key = (str(lake_root()), zone.key, *seen, *(sql for sql, _given in asked), *given)
    return keeper.answers(key, read_now)


def _read_now(
    asked: Collection[Asked], eyes: Eyes, zone: ZoneInfo, beside: Mapping[str, Relation] | None
) -> list[list[Row]]:
    known, whole = {**RELATIONS, **(beside or {})}, _sql_of(asked)
    named, words = relations_in(whole, [*SOURCES, *known]), words_in(whole)
    avoid: set[str] = set()
    while True:
        with one_snapshot():
            lake = _Lake(eyes, zone, avoid)
            lake.known = {name: relation.only(words) for name, relation in known.items()}
            for name in sorted(named):
                lake.take(name)
        try:
            return lake.answers(asked)
        except duckdb.Error:
            damaged = {file.path for file, _why in broken_files(lake.files, is_thorough=True)}
            if damaged <= avoid:
                raise
            avoid |= damaged


def _sql_of(asked: Collection[Asked]) -> str:
    """All that is asked, as one text."""
    return "\n".join(sql for sql, _given in asked)


class _Lake:
    """What statements read: tables by name, and views over them."""

    def __init__(self, eyes: Eyes, zone: ZoneInfo, avoid: Collection[str]) -> None:
        self.eyes, self.zone, self.avoid = eyes, zone, avoid
        self.known: Mapping[str, Relation] = RELATIONS
        self.files: list[LakeFile] = []
        self.tables: dict[str, pa.Table] = {}
        self.views: dict[str, str] = {}
        self.ready: dict[str, Callable[[], pa.Table]] = {
            "people_told_apart": partial(people_told_apart, eyes),
            "deals_told_apart": partial(deals_told_apart, eyes),
            "identities": identities,
        }

    def take(self, name: str) -> None:
        """That relation, and whatever its own view reads."""
        if name in self.tables or name in self.views:
            return
        if name in self.ready:
            self.tables[name] = self.ready[name]()
        elif name in SOURCES:
            self._take_stream(SOURCES[name])
        else:
            self._take_relation(name, self.known[name])

    def answers(self, asked: Collection[Asked]) -> list[list[Row]]:
        with awaited_engine(self.tables) as duckdb:
            for name, view in self.views.items():
                duckdb.execute(f"CREATE TEMP VIEW {name} AS {view}")
            return [list(_rows(duckdb.execute(sql, values or None))) for sql, values in asked]

    def _take_relation(self, name: str, relation: Relation) -> None:
        rows = table_of(relation.asked(self.eyes), relation.columns)
        if not relation.days:
            self.tables[name] = rows
            return
        self.tables[f"{name}_rows"] = rows
        columns, joins = [], []
        for day, moment in relation.days.items():
            self.tables[f"{name}_{day}"] = days_around(rows.column(moment), self.zone)
            columns.append(f"{day_sql(day, f'every.{moment}')} AS {day}")
            joins.append(
                f"LEFT JOIN {name}_{day} AS {day} ON {day}.utc_day = CAST(every.{moment} AS DATE)"
            )
        self.views[name] = (
            f"SELECT every.*, {', '.join(columns)} FROM {name}_rows AS every {' '.join(joins)}"  # noqa: S608 -- our own names
        )

    def _take_stream(self, source: Source) -> None:
        stream, files = self._manifest(source)
        sound = self._sound(files)
        stands = self._take_undone(source, stream)
        wanted = [_sealed(sound, stands)] if sound else []
        broken = [one for one in files if one not in sound]
        tail, has_rows = self._take_tail(source, stream, instead_of=broken)
        if has_rows or not sound:
            wanted.append(tail)
        parts = {"wanted": " UNION ALL ".join(wanted), **self._who_is_seen(source)}
        self.views[source.name] = composed(SQL / f"{source.name}.sql", parts=parts)[0]

    def _who_is_seen(self, source: Source) -> dict[str, str]:
        """Nothing is joined or compared where, as mostly, nobody was merged or is hidden."""
        if source.name == "hits":
            self.take("visitors")
            return {"sees_person": self._sees("known.person_id", "people_told_apart")}
        self.take("identities")
        is_merged = self.tables["identities"].num_rows > 0
        who = "COALESCE(now.person_id, every.person_id)" if is_merged else "every.person_id"
        joined = "LEFT JOIN identities AS now ON now.old_id = every.person_id"
        found = {
            "who_now": who,
            "identities": joined if is_merged else "",
            "sees_person": self._sees(who, "people_told_apart"),
        }
        if source.name == "facts":
            found["sees_deal"] = self._sees("every.deal_id", "deals_told_apart")
        return found

    def _sees(self, column: str, table: str) -> str:
        self.take(table)
        if not self.eyes.see_all:
            return f"{column} IN (SELECT id FROM {table})"  # noqa: S608 -- our own names
        if not self.tables[table].num_rows:
            return "1 = 1"
        return f"{column} NOT IN (SELECT id FROM {table})"  # noqa: S608 -- our own names

    def _sound(self, files: list[LakeFile]) -> list[LakeFile]:
        """Those that can be read. The log has what the others should hold."""
        broken = {file.pk: why for file, why in broken_files(files)}
        broken |= {file.pk: "is damaged" for file in files if file.path in self.avoid}
        for file in files:
            if file.pk in broken:
                logger.error("%s of the lake %s: the log is read", file.path, broken[file.pk])
        sound = [file for file in files if file.pk not in broken]
        self.files += sound
        return sound

    def _take_tail(
        self, source: Source, stream: Stream, *, instead_of: list[LakeFile]
    ) -> tuple[str, bool]:
        """What is not sealed, and what was and cannot be read; whether there is any."""
        wanted = Q(**{f"{source.id}__gt": stream.sealed})
        for file in instead_of:
            wanted |= of_file(source, file, self.zone)
        raw = source.raw(source.rows().filter(wanted).order_by())
        raws, days = f"fresh_{source.name}", f"days_of_{source.name}"
        self.tables[raws], self.tables[days] = raw, source.days(raw, self.zone)
        return source.shaping(raw=raws, day=days), raw.num_rows > 0

    def _take_undone(self, source: Source, stream: Stream) -> str:
        """The condition under which a sealed row stands."""
        found = undone(stream, source) if "undone_by" in source.columns else None
        if found is None:
            return "1 = 1"
        self.tables["undone_batches"], self.tables[f"kept_of_{source.name}"] = found
        return composed(SQL / "stands.sql", parts={"kept": f"kept_of_{source.name}"})[0]

    def _manifest(self, source: Source) -> tuple[Stream, list[LakeFile]]:
        """Files of another shape (the zone was changed) count for nothing: all is tail until a
        worker has sealed anew."""
        stream = Stream.objects.filter(name=source.name).first()
        if stream is None or stream.shape != source.shape(self.zone):
            return Stream(name=source.name), []
        return stream, list(LakeFile.objects.current().filter(stream=stream))


def _sealed(files: list[LakeFile], stands: str) -> str:
    paths = ", ".join(quoted(lake_root() / file.path) for file in files)
    return f"SELECT * FROM read_parquet([{paths}]) AS sealed WHERE {stands}"  # noqa: S608 -- our own names


def _plain(value: Any) -> Any:
    """Moments of the lake are UTC without saying so."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    columns = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield dict(zip(columns, row, strict=True))
