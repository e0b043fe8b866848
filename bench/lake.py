"""The lake: how fast the log becomes files, and what a report costs beside the bare engine.

Each figure is the best of several turns: what else a machine does only ever adds.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import duckdb
import pyarrow as pa
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from baton.core.facts.models import Cursor
from baton.core.settings.actions import set_up_organisation
from baton.insight.lake import actions
from baton.insight.lake.models import LakeFile
from baton.insight.lake.queries import read
from baton.insight.lake.queries.engine import CONFIG, lake_root
from baton.insight.lake.queries.kept import keeper
from bench.figures import SECOND, Figure, Work, plain_cursor, seconds

COUNT = 500_000
COLUMNS = (
    "key, position, name, version, happened_at, recorded_at, person_id, side, touch, origin, "
    "payload, depth"
)
PAYLOAD = """'{"visit_id":' || i || ',"channel":"' || CASE (i % 5) WHEN 0 THEN 'search' WHEN 1 THEN
    'email' WHEN 2 THEN 'paid_social' WHEN 3 THEN 'direct' ELSE 'referral' END ||
    '","source":"","campaign":"spring-' || (i % 7) || '","landing_page":"/p/' || (i % 11) ||
    '","pages":["Pricing"]}'"""
ROW = "i, 'visit.made', 1, {at}, {at}, i % 20011 * 7919 % 20011 + 1, 'marketing', 'theirs', 'live'"
# ruff: noqa: S608 -- our own tables
FILL = {
    "sqlite": f"""
        WITH RECURSIVE row (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < {COUNT})
        INSERT INTO core_factrecord ({COLUMNS}) SELECT printf('%032x', i),
        {ROW.format(at="datetime(1704067200 + i * 120, 'unixepoch')")}, {PAYLOAD}, 0 FROM row""",
    "postgresql": f"""
        INSERT INTO core_factrecord ({COLUMNS})
        SELECT lpad(to_hex(i), 32, '0')::uuid,
        {ROW.format(at="timestamptz '2024-01-01' + i * interval '2 minutes'")},
        ({PAYLOAD})::jsonb, 0 FROM generate_series(1, {COUNT}) AS i""",
}
REPORTS = {
    "people a day": """
        SELECT on_day, COUNT(*) AS visits, COUNT(DISTINCT person_id) AS people FROM facts
        GROUP BY on_day ORDER BY on_day""",
    "visits by month and channel": """
        SELECT DATE_TRUNC('month', on_day) AS month, channel, COUNT(*) AS visits FROM facts
        WHERE name = 'visit.made' GROUP BY DATE_TRUNC('month', on_day), channel
        ORDER BY month, channel""",
    "first and latest channel of each person": """
        WITH turn AS (
            SELECT person_id, channel,
                ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY happened_at, event_id) AS first,
                ROW_NUMBER() OVER (
                    PARTITION BY person_id ORDER BY happened_at DESC, event_id DESC
                ) AS latest
            FROM facts
        )
        SELECT channel, SUM(CASE WHEN first = 1 THEN 1 ELSE 0 END) AS firsts,
            SUM(CASE WHEN latest = 1 THEN 1 ELSE 0 END) AS latests
        FROM turn GROUP BY channel ORDER BY channel""",
    "transitions between channels": """
        WITH pair AS (
            SELECT channel, LEAD(channel) OVER (
                PARTITION BY person_id ORDER BY happened_at, event_id) AS following
            FROM facts
        )
        SELECT channel, following, COUNT(*) AS times FROM pair
        GROUP BY channel, following ORDER BY channel, following""",
}


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    set_up_organisation(name="Bench", zone="Europe/Berlin")
    with connection.cursor() as cursor:
        cursor.execute(FILL[connection.vendor])
    Cursor.objects.create(name=Cursor.LINE, position=COUNT)


def sealing() -> Iterator[Figure]:
    """Rows of the log to files; bare: the same rows read by the driver and written by DuckDB."""
    processor: list[float] = []

    def seal() -> None:
        begun = process_time()
        _seal_anew()
        processor.append(process_time() - begun)

    took, bare = _best(seal, _read_and_write, turns=3)
    yield Figure("facts sealed", COUNT / took, "/s", COUNT / bare)
    yield Figure("facts sealed a second of processor", COUNT / min(processor), "/s")
    size = sum(LakeFile.objects.current().values_list("size", flat=True))
    yield Figure("bytes of a fact in the lake", size / COUNT, "B")


def reports() -> Iterator[Figure]:
    """A statement through the lake, and the same on the files alone, in turns. The answers that a
    process keeps are forgotten before each."""
    _seal_all(timezone.now())
    while actions.merge("facts", at=timezone.now()):
        pass
    paths = [str(lake_root() / file.path) for file in LakeFile.objects.current()]
    with TemporaryDirectory() as folder:
        for what, sql in REPORTS.items():
            file = Path(folder) / f"{what}.sql"  # one of its own: what a file says is read once
            file.write_text(sql)
            asked, plainly = partial(_read_anew, file), partial(_plainly, sql, paths)
            value, bare = _best(asked, plainly, turns=9)
            yield Figure(what, value * SECOND, "ms", bare * SECOND)


def _seal_anew() -> None:
    actions.forget("facts", at=timezone.now())
    _seal_all(timezone.now())


def _seal_all(at: datetime) -> None:
    while actions.seal("facts", at=at):
        pass


def _read_and_write() -> None:
    with plain_cursor() as cursor, TemporaryDirectory() as folder:
        cursor.execute(f"SELECT {COLUMNS.replace('key, ', '')} FROM core_factrecord")
        columns = [column[0] for column in cursor.description]
        rows = list(zip(*cursor.fetchall(), strict=True))
        table = pa.table(dict(zip(columns, map(pa.array, rows), strict=True)))
        with duckdb.connect(":memory:", config=CONFIG) as lake:
            lake.register("raw", table)
            lake.execute(f"COPY raw TO '{folder}/x.parquet' (FORMAT parquet, COMPRESSION zstd)")


def _read_anew(file: Path) -> object:
    keeper.forget()
    return read(file, user=None)


def _plainly(sql: str, paths: list[str]) -> object:
    with duckdb.connect(":memory:", config=CONFIG) as lake:
        lake.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet({paths})")
        return lake.execute(sql).fetchall()


def _best(work: Work, bare: Work, *, turns: int) -> tuple[float, float]:
    """Seconds of both, in turns."""
    both = [(seconds(work), seconds(bare)) for _ in range(turns)]
    value, alone = map(min, zip(*both, strict=True))
    return value, alone


MEASURES = (sealing, reports)
