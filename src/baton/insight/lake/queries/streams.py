"""The streams that are kept as files: where their rows come from, and how they are shaped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from duckdb import DuckDBPyConnection

from baton.core.facts.models import FactRecord
from baton.insight.lake.models import LakeFile
from baton.insight.lake.queries.arrow import lines_of, parsed, table_of
from baton.insight.lake.rules import FACTS, HITS, STAGE_CHANGES, Kind, composed, utc_days
from baton.marketing.capture.models import Hit
from baton.qualification.lifecycle.models import StageChange

SQL = Path(__file__).parents[1] / "sql"
DAYS = pa.schema(
    [
        ("utc_day", pa.date32()),
        ("former_day", pa.date32()),
        ("first_at", pa.timestamp("us")),
        ("first_day", pa.date32()),
        ("second_at", pa.timestamp("us")),
        ("second_day", pa.date32()),
    ]
)
DAY_COLUMNS = ("former_day", "first_day", "second_day")
BATCH = Cast("batch", TextField())


@dataclass(frozen=True, kw_only=True)
class Source:
    """A stream's table: ``id`` grows with each row, ``at`` says when it happened."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    id: str
    at: str
    columns: Mapping[str, Kind]

    def between(self, after: int, until: int) -> QuerySet[Any]:
        """The rows with ids above ``after``, up to ``until``."""
        return self.rows().filter(**{f"{self.id}__gt": after, f"{self.id}__lte": until}).order_by()

    def raw(self, rows: QuerySet[Any]) -> pa.Table:
        """As the database has them."""
        return table_of(rows, self.columns)

    def lines(self, rows: QuerySet[Any]) -> pa.Table:
        """The same, still packed: to parse it needs no database any more."""
        return lines_of(rows, self.columns)

    def parsed(self, lake: DuckDBPyConnection, lines: pa.Table) -> pa.Table:
        return parsed(lake, lines, self.columns)

    def in_order(self, raw: pa.Table) -> pa.Table:
        """By moment and id. What happened as it was written down, as mostly, is so already."""
        at = raw.column(self.at).combine_chunks()
        if pc.all(pc.less_equal(at[:-1], at[1:])).as_py() is not False:
            return raw
        return raw.sort_by([(self.at, "ascending"), (self.id, "ascending")])

    def of_month(self, raw: pa.Table, month: date, zone: ZoneInfo) -> pa.Table:
        """Those of these rows that happened in the month that begins on that day."""
        at = raw.column(self.at)
        since, until = (one.replace(tzinfo=None) for one in _ends(month, zone))
        return raw.filter(pc.and_(pc.greater_equal(at, since), pc.less(at, until)))

    def shaping(self, *, raw: str, day: str) -> str:
        """From such rows (the name of a table) to what the lake keeps: a column for each thing that
        reports ask for, and a day."""
        parts = {"raw": raw, "day": day, "on_day": day_sql("day", f"raw.{self.at}")}
        return composed(SQL / f"shape_{self.name}.sql", parts=parts)[0]

    def days(self, raw: pa.Table, zone: ZoneInfo) -> pa.Table:
        """The days on which these rows happened."""
        return days_around(raw.column(self.at), zone)

    def shape(self, zone: ZoneInfo) -> str:
        """With another one nothing that was sealed fits any more."""
        told = [str(zone), *self.columns, self.shaping(raw="raw", day="day")]
        return sha256("\n".join(told).encode()).hexdigest()


SOURCES = {
    "facts": Source(
        name="facts",
        rows=lambda: FactRecord.objects.standing().annotate(undone_by=BATCH),
        id="position",
        at="happened_at",
        columns=FACTS,
    ),
    "hits": Source(
        name="hits",
        rows=lambda: Hit.objects.all(),
        id="id",
        at="at",
        columns=HITS,
    ),
    "stage_changes": Source(
        name="stage_changes",
        rows=lambda: StageChange.objects.annotate(undone_by=BATCH),
        id="id",
        at="at",
        columns=STAGE_CHANGES,
    ),
}
STREAMS = tuple(SOURCES)


def days_around(moments: pa.ChunkedArray, zone: ZoneInfo) -> pa.Table:
    """The days of the zone in which these moments lie, as ``rules.UtcDay`` has them."""
    ends = pc.min_max(moments).as_py()
    if ends["min"] is None:
        return DAYS.empty_table()
    days = utc_days(zone, first=ends["min"], latest=ends["max"])
    return pa.table(list(map(list, zip(*days, strict=True))), schema=DAYS)


def day_sql(day: str, moment: str) -> str:
    """The day of this moment, where ``day`` is the row of its day of UTC."""
    return (
        f"CASE WHEN {moment} >= {day}.second_at THEN {day}.second_day "
        f"WHEN {moment} >= {day}.first_at THEN {day}.first_day ELSE {day}.former_day END"
    )


def of_file(source: Source, file: LakeFile, zone: ZoneInfo) -> Q:
    """The rows of the log that belong into this file: of its month, from its first to its last."""
    since, until = _ends(file.month, zone)
    return Q(
        **{
            f"{source.id}__gte": file.first,
            f"{source.id}__lte": file.last,
            f"{source.at}__gte": since,
            f"{source.at}__lt": until,
        }
    )


def months_of(days: pa.Table) -> list[date]:
    """The first day of each month that has any of them."""
    told = (day for column in DAY_COLUMNS for day in days.column(column).to_pylist() if day)
    return sorted({day.replace(day=1) for day in told})


def _ends(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When it begins, and when the next one does, in UTC."""
    after = (month + timedelta(days=31)).replace(day=1)
    return _midnight(month, zone), _midnight(after, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)
