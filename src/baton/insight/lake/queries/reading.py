"""Run a ``.sql`` file over the lake: files and tail of the streams, and the records beside them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.facts import FactsRetracted
from baton.core.facts.models import FactRecord
from baton.core.settings.queries import organisation_zone
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.permissions import VIEW_REPORTS
from baton.insight.lake.queries.arrow import table_of
from baton.insight.lake.queries.engine import engine, lake_root, quoted
from baton.insight.lake.queries.relations import RELATIONS, Eyes, Relation
from baton.insight.lake.queries.snapshot import one_snapshot
from baton.insight.lake.queries.streams import SOURCES, SQL, days_around
from baton.insight.lake.rules import Kind, composed, relations_in
from baton.records.people.models import Identity, Person
from baton.sales.deals.models import Deal

Row = dict[str, Any]
ID = {"id": Kind.INTEGER}
NEEDED = {"facts": [], "hits": ["visitors"]}  # what stands beside a stream in its own view


def read(
    file: Path,
    *,
    user: User | None,
    permission: Permission = VIEW_REPORTS,
    values: Mapping[str, Any] | None = None,
    parts: Mapping[str, str] | None = None,
) -> list[Row]:
    """The rows of this statement as dicts, under the eyes of ``user``; None sees all that lives.

    It reads ``facts``, ``hits`` and the relations of ``RELATIONS``, whichever it names, as of one
    moment. ``:name`` takes a value, or puts in the part or the file beside of that name.
    """
    sql, wanted = composed(file, parts=parts)
    given = {name: _plain((values or {})[name]) for name in wanted}
    named = relations_in(sql, [*SOURCES, *RELATIONS])
    with one_snapshot():
        lake = _Lake(Eyes(user, permission), organisation_zone())
        for name in sorted(named):
            lake.take(name)
    return lake.answer(sql, given)


class _Lake:
    """What one statement reads: tables by name, and views over them."""

    def __init__(self, eyes: Eyes, zone: ZoneInfo) -> None:
        self.eyes, self.zone = eyes, zone
        self.tables: dict[str, pa.Table] = {}
        self.views: dict[str, str] = {}

    def take(self, name: str) -> None:
        if name in self.tables or name in self.views:
            return
        if name in SOURCES:
            self._take_stream(name)
        else:
            self._take_relation(name, RELATIONS[name])

    def answer(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        with engine(self.tables) as duckdb:
            for name, view in self.views.items():
                duckdb.execute(f"CREATE VIEW {name} AS {view}")
            found = duckdb.execute(sql, dict(values) or None)
            return list(_rows(found))

    def _take_relation(self, name: str, relation: Relation) -> None:
        rows = table_of(relation.asked(self.eyes), relation.columns)
        if not relation.days:
            self.tables[name] = rows
            return
        self.tables[f"{name}_rows"] = rows
        columns, joins = [], []
        for day, moment in relation.days.items():
            self.tables[f"{name}_{day}"] = days_around(rows.column(moment), self.zone)
            columns.append(f"{day}.on_day AS {day}")
            joins.append(
                f"ASOF LEFT JOIN {name}_{day} AS {day} ON every.{moment} >= {day}.starts_at"
            )
        self.views[name] = (
            f"SELECT every.*, {', '.join(columns)} FROM {name}_rows AS every {' '.join(joins)}"  # noqa: S608 -- our own names
        )

    def _take_stream(self, name: str) -> None:
        for beside in NEEDED[name]:
            self.take(beside)
        stream, files = self._manifest(name)
        source = SOURCES[name]
        raw = source.raw(source.between(stream.sealed, None))
        raws, days = f"fresh_{name}", f"days_of_{name}"
        self.tables[raws], self.tables[days] = raw, source.days(raw, self.zone)
        tail = source.shaping(raw=raws, day=days)
        self._take_who_is_seen()
        if name == "facts":
            self._take_what_was_undone(stream)
        self.views[name] = composed(
            SQL / f"{name}.sql",
            parts={
                "sealed": _files(files) or f"{tail} WHERE 1 = 0",
                "tail": tail,
                "is_seen": "NOT IN" if self.eyes.see_all else "IN",
            },
        )[0]

    def _manifest(self, name: str) -> tuple[Stream, list[LakeFile]]:
        """Files of another shape (the zone was changed) count for nothing: all is tail until a
        worker has sealed anew."""
        stream = Stream.objects.filter(name=name).first()
        if stream is None or stream.shape != SOURCES[name].shape(self.zone):
            return Stream(name=name), []
        return stream, list(LakeFile.objects.current().filter(stream=stream))

    def _take_who_is_seen(self) -> None:
        """Of those who see all, the few that nobody sees; else those that are seen."""
        people, deals = self.eyes.people(), self.eyes.deals()
        if self.eyes.see_all:
            people = Person.objects.filter(deleted_at__isnull=False)
            deals = Deal.objects.filter(deleted_at__isnull=False)
        self.tables["people_told_apart"] = table_of(people.order_by(), ID)
        self.tables["deals_told_apart"] = table_of(deals.order_by(), ID)

    def _take_what_was_undone(self, stream: Stream) -> None:
        """What an undo has told, but no sweep has taken out of the files yet."""
        identities = Identity.objects.order_by()
        columns = {"old_id": Kind.INTEGER, "person_id": Kind.INTEGER}
        self.tables["identities"] = table_of(identities, columns)
        batches = undone_since(stream.swept)
        undone = FactRecord.objects.filter(
            batch__in=batches, retracted_at__isnull=False, position__lte=stream.sealed
        )
        found = table_of(undone.order_by(), {"position": Kind.INTEGER})
        self.tables["retracted_facts"] = found.rename_columns(["event_id"])


def undone_since(position: int) -> list[Any]:
    """Batches whose undo was told after that position, or is not numbered yet."""
    told = FactRecord.objects.filter(name=FactsRetracted.name)
    fresh = told.exclude(position__lte=position)
    return list(fresh.values_list("batch", flat=True))


def _files(files: list[LakeFile]) -> str:
    paths = ", ".join(quoted(lake_root() / file.path) for file in files)
    return f"SELECT * FROM read_parquet([{paths}])" if files else ""  # noqa: S608 -- our own names


def _plain(value: Any) -> Any:
    """Moments of the lake are UTC without saying so."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    columns = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield dict(zip(columns, row, strict=True))
