"""No room left, seen by a process as a limit on how long its files may grow."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys

import pytest

from baton.operations.exchange.tests.conftest import RECIPE

pytestmark = [pytest.mark.chaos, pytest.mark.once]


@pytest.fixture
def house(make_house):
    house = make_house()
    house("init", "--admin", "ada@fennmark.example")
    return house


def without_room(house, *words, room):
    """``baton`` as a process whose files may not grow beyond ``room``."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error for the writer, not its death
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return subprocess.run(
        [sys.executable, "-m", "baton", *map(str, words)],
        env=os.environ
        | {
            "BATON_HOME": str(house.home),
            "DATABASE_URL": f"sqlite:///{house.home}/baton.sqlite3",
            "DJANGO_SETTINGS_MODULE": "baton.config.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=limit,
    )


def people(house):
    database = sqlite3.connect(house.home / "baton.sqlite3")
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute("SELECT count(*) FROM people_person").fetchone()[0]
    finally:
        database.close()


def test_full_disk_breaks_no_database_and_the_import_goes_on_later(house, tmp_path):
    leads, recipe = tmp_path / "leads.csv", tmp_path / "shop.toml"
    recipe.write_text(RECIPE)
    rows = [f"{n},Person {n},p{n}@halden.example,search,2026-01-05,7" for n in range(1200)]
    leads.write_text("\n".join(["id,name,mail,source,since,size", *rows]) + "\n")
    size = (house.home / "baton.sqlite3").stat().st_size

    stopped = without_room(house, "import", leads, "--recipe", recipe, room=size + 200_000)
    half = people(house)
    house("import", leads, "--recipe", recipe)

    assert stopped.returncode == 1
    assert "The disk is full" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert half < 1200
    assert people(house) == 1200


def test_backup_without_room_leaves_the_former_one_whole(house, tmp_path):
    file = tmp_path / "all.baton"
    house("backup", file)
    former = file.read_bytes()

    stopped = without_room(house, "backup", file, room=40_000)

    assert stopped.returncode == 1
    assert "The disk is full" in stopped.stderr
    assert file.read_bytes() == former
    assert [path.name for path in tmp_path.glob(".baton-backup*")] == []
