"""No room left, seen by a process as a limit on how long its files may grow."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys

import pytest

from baton.operations.exchange.tests.conftest import RECIPE

pytestmark = pytest.mark.chaos


class House:
    """``baton`` in a data folder of its own, with or without room."""

    def __init__(self, folder):
        self.home = folder / "home"
        self.home.mkdir()
        self.env = os.environ | {
            "BATON_HOME": str(self.home),
            "DATABASE_URL": f"sqlite:///{self.home}/baton.sqlite3",
            "DJANGO_SETTINGS_MODULE": "baton.config.settings",
        }

    def baton(self, *words, room=None):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error for the writer, not its death
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        return subprocess.run(
            [sys.executable, "-m", "baton", *map(str, words)],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            preexec_fn=limit if room else None,
        )

    def people(self):
        database = sqlite3.connect(self.home / "baton.sqlite3")
        try:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return database.execute("SELECT count(*) FROM people_person").fetchone()[0]
        finally:
            database.close()


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    assert house.baton("init", "--admin", "ada@fennmark.example").returncode == 0
    return house


def test_full_disk_breaks_no_database_and_the_import_goes_on_later(house, tmp_path):
    leads, recipe = tmp_path / "leads.csv", tmp_path / "shop.toml"
    recipe.write_text(RECIPE)
    rows = [f"{n},Person {n},p{n}@halden.example,search,2026-01-05,7" for n in range(1200)]
    leads.write_text("\n".join(["id,name,mail,source,since,size", *rows]) + "\n")
    size = (house.home / "baton.sqlite3").stat().st_size

    stopped = house.baton("import", leads, "--recipe", recipe, room=size + 600_000)
    half = house.people()
    resumed = house.baton("import", leads, "--recipe", recipe)

    assert stopped.returncode == 1
    assert "The disk is full" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert half < 1200
    assert (resumed.returncode, house.people()) == (0, 1200)


def test_backup_without_room_leaves_the_former_one_whole(house, tmp_path):
    file = tmp_path / "all.baton"
    assert house.baton("backup", file).returncode == 0
    former = file.read_bytes()

    stopped = house.baton("backup", file, room=40_000)

    assert stopped.returncode == 1
    assert "The disk is full" in stopped.stderr
    assert file.read_bytes() == former
    assert [path.name for path in tmp_path.glob(".baton-backup*")] == []
