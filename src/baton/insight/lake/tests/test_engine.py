import os

import duckdb
import pyarrow as pa
import pytest

from baton.core.errors import TookTooLong
from baton.insight.lake.queries.arrow import LINES, TYPES, parsed, parsed_here
from baton.insight.lake.queries.engine import awaited_engine, engine, lake_root
from baton.insight.lake.rules import Kind

ONE = {"told": pa.table({"number": [1]})}

SPELLED = {  # as SQLite and PostgreSQL have them in a JSON list
    Kind.INTEGER: ["7", "-9007199254740993", '"12"'],
    Kind.TEXT: ['"Käthe \\"K\\" €"', '""', "7", "true", '"2026-03-02"'],
    Kind.MOMENT: [
        '"2026-03-02 09:00:00"',
        '"2026-03-02 09:00:00.000123"',
        '"2026-03-02T09:00:00"',
        '"2026-03-02T09:00:00.5"',
    ],
    Kind.DAY: ['"2026-03-02"', '"1969-12-31"'],
    Kind.YES_NO: ["true", "false", "1", "0"],
    Kind.NUMBER: ["7", "-0.1", "1e-07", "1200.50", '"1200.50"'],
}


def test_few_rows_are_read_as_many_are():
    columns = {kind.name: kind for kind in Kind}
    told = [["null", *SPELLED[kind]] for kind in columns.values()]
    lines = [f"[{', '.join(values[turn % len(values)] for values in told)}]" for turn in range(20)]
    table = pa.table([lines], schema=LINES)

    with engine() as lake:
        assert parsed_here(table, columns).equals(parsed(lake, table, columns))
    assert set(SPELLED) == set(TYPES)


def test_what_a_statement_names_the_next_does_not_know():
    with engine(ONE) as lake:
        lake.execute("CREATE TEMP VIEW seen AS SELECT number FROM told")
        with engine({"told": pa.table({"number": [2]})}) as other:
            assert other.execute("SELECT number FROM told").fetchall() == [(2,)]
        assert lake.execute("SELECT number FROM seen").fetchall() == [(1,)]

    with engine() as lake:
        for name in ("told", "seen"):
            with pytest.raises(duckdb.CatalogException):
                lake.execute(f"SELECT number FROM {name}")  # noqa: S608 -- our own names


def test_engine_reads_and_writes_nothing_but_the_lake(tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("number")
    with engine(ONE) as lake:
        for statement in (
            f"SELECT * FROM read_csv('{outside}')",  # noqa: S608 -- our own name
            f"COPY told TO '{outside}'",
            "SET allowed_directories = ['/']",
            "INSTALL httpfs",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                lake.execute(statement)
    assert outside.read_text() == "number"


def test_engine_that_broke_is_opened_anew():
    with pytest.raises(duckdb.FatalException), engine() as lake:
        raise duckdb.FatalException("database has been invalidated")

    with engine(ONE) as lake:
        assert lake.execute("SELECT number FROM told").fetchall() == [(1,)]
    assert lake_root().is_dir()


def test_child_of_a_process_that_read_opens_its_own():
    with engine(ONE) as lake:
        lake.execute("SELECT number FROM told").fetchall()
    child = os.fork()
    if not child:
        with engine(ONE) as lake:
            found = lake.execute("SELECT SUM(number) FROM told").fetchall()
        os._exit(0 if found == [(1,)] else 1)

    assert os.waitpid(child, 0)[1] == 0


def test_answer_that_takes_too_long_is_given_up_in_a_sentence(monkeypatch):
    monkeypatch.setattr("baton.insight.lake.queries.engine.LONGEST", 0.05)
    endless = "SELECT COUNT(*) FROM range(1_000_000_000) a(x), range(9) b(y) WHERE x % 7 = y"

    with pytest.raises(TookTooLong, match="Ask for fewer days"), awaited_engine({}) as lake:
        lake.execute(endless)

    with engine() as lake:
        assert lake.execute("SELECT 1").fetchall() == [(1,)]


def test_whoever_writes_files_has_the_time_that_it_takes(monkeypatch):
    monkeypatch.setattr("baton.insight.lake.queries.engine.LONGEST", 0.01)

    with engine() as lake:
        lake.execute("SELECT COUNT(*) FROM range(30_000_000) a(x) WHERE x % 7 = x % 11")
        found = lake.fetchall()

    assert len(found) == 1
