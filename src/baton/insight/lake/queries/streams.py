"""The streams that are kept as files: where their rows come from, and how they are shaped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from baton.core.facts.models import FactRecord
from baton.insight.lake.models import LakeFile
from baton.insight.lake.queries.arrow import table_of
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
    after = (file.month + timedelta(days=31)).replace(day=1)
    since, until = map(partial(_midnight, zone=zone), (file.month, after))
    return Q(
        **{
            f"{source.id}__gte": file.first,
            f"{source.id}__lte": file.last,
            f"{source.at}__gte": since,
            f"{source.at}__lt": until,
        }
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)
