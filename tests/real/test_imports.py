"""Real files, where BATON_REAL_DATA names their folder: known figures, again, and after a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.servers import new_address

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("BATON_REAL_DATA", "/nowhere"))
MAVEN = ("accounts", "products", "sales_teams", "sales_pipeline")
FILES = {
    "olist": [
        "olist/olist_marketing_qualified_leads_dataset.csv",
        "olist/olist_closed_deals_dataset.csv",
    ],
    "maven": [f"maven_crm/{name}.csv" for name in MAVEN],
}
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="BATON_REAL_DATA names no folder of real files"),
]


class Installation:
    """``baton`` on a data folder and database of its own."""

    def __init__(self, kind, home):
        home.mkdir()
        self.env = os.environ | {"BATON_HOME": str(home), "DATABASE_URL": new_address(kind, home)}
        self.env["DJANGO_SETTINGS_MODULE"] = "baton.config.settings"
        self.baton("init", "--admin", "ada@fennmark.example")

    def start(self, *words):
        command = [sys.executable, "-m", "baton", *map(str, words)]
        return subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def baton(self, *words):
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, out + err
        return out

    def bring_in(self, name):
        return json.loads(self.baton(*self.words(name), "--format", "json"))

    def words(self, name):
        paths = [DATA / file for file in FILES[name]]
        return ["import", *paths, "--recipe", ROOT / "examples" / "recipes" / f"{name}.toml"]

    def report(self, *words):
        return json.loads(self.baton("report", *words, "--format", "json"))


def wait_for_deals(database, process, *, count):
    """Until so many are in, while the import runs on; says how many there are."""
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        [found] = database.execute("SELECT count(*) FROM deals_deal").fetchone()
        if found >= count:
            return found
        time.sleep(0.02)
    raise AssertionError("the import ended before it could be killed")


@pytest.fixture
def install(tmp_path):
    return lambda kind: Installation(kind, tmp_path / "home")


def test_olist_funnel_has_its_known_figures_and_again_changes_nothing(install):
    installation = install("sqlite")

    first = installation.bring_in("olist")
    again = installation.bring_in("olist")

    assert first["errors"] == []
    assert again["totals"] == {
        "created": 0,
        "updated": 0,
        "unchanged": first["totals"]["created"],
        "failed": 0,
    }
    data = installation.report("closed-loop", "--by", "source")
    rows = {row["group"]: (row["leads"], row["won"]) for row in data["rows"]}
    assert rows["organic_search"] == (2296, 271)
    assert rows["paid_search"] == (1586, 195)
    assert rows["social"] == (1350, 75)
    assert rows["email"] == (493, 15)
    assert (rows[""], rows["unknown"]) == ((60, 14), (1099, 179))
    totals = data["totals"]
    assert (totals["leads"], totals["mqls"], totals["won"]) == (8000, 8000, 842)
    assert totals["revenue"] is None  # the declared revenue is the sellers' own


def test_maven_pipeline_has_its_known_figures_even_after_a_kill(install):
    installation = install("postgres")
    process = installation.start(*installation.words("maven"))
    with psycopg.connect(installation.env["DATABASE_URL"], autocommit=True) as database:
        written = wait_for_deals(database, process, count=1200)
        process.send_signal(signal.SIGKILL)
        process.communicate()

        data = installation.bring_in("maven")

        states = database.execute("SELECT state FROM exchange_import ORDER BY id").fetchall()
    assert 1200 <= written < 8800
    assert states == [("stopped",), ("done",)]
    deals = data["objects"]["deal"]
    assert deals["unchanged"] >= written
    assert (deals["created"] + deals["unchanged"], deals["updated"], deals["failed"]) == (
        8800,
        0,
        0,
    )
    totals = installation.report("pipeline", "--by", "region")["totals"]
    assert (totals["created"], totals["won"], totals["lost"]) == (8800, 4238, 2473)
    assert (totals["undated"], totals["won_amount"]) == (500, 10_005_534)
    assert round(totals["win_rate"], 4) == 0.6315
    products = installation.report("pipeline", "--by", "product")["rows"]
    assert len(products) == 7
    companies = installation.report("pipeline", "--by", "company")["rows"]
    assert {row["group"]: row["created"] for row in companies}[""] == 1425
