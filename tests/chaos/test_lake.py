"""The lake under fire: several seal and read at once, and are killed in the middle of it."""

import os
import resource
import signal
import subprocess
import sys

import pytest

from tests.chaos.conftest import Lab
from tests.servers import new_address

SETTINGS = "baton.config.settings"
pytestmark = [pytest.mark.chaos, pytest.mark.once]


def limit(room):
    """No file of this process may grow beyond that: its disk is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error for the writer, not its death
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def template(request, tmp_path_factory):
    """The kind, and the address of a migrated database that the tests copy."""
    kind = request.param
    address = new_address(kind, tmp_path_factory.mktemp("template"))
    run("migrate", "-v0", address=address).check_returncode()
    return kind, address


@pytest.fixture
def lab(template, tmp_path, monkeypatch):
    """Processes on a database and a lake of their own."""
    kind, like = template
    monkeypatch.setenv("BATON_HOME", str(tmp_path))
    address = new_address(kind, tmp_path, like=like)
    lab = Lab(kind, address, module="tests.lab.lake_actor", settings=SETTINGS)
    yield lab
    lab.clean_up()


def run(*words, address, room=None):
    """``baton`` as a process; with ``room`` its files may not grow beyond that."""
    return subprocess.run(
        [sys.executable, "-m", "baton", *words],
        env=os.environ
        | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        timeout=400,  # a guard against hanging, not a measure
        preexec_fn=(lambda: limit(room)) if room else None,
    )


def test_kills_and_rivals_lose_nothing_and_double_nothing(lab):
    crowd = [
        lab.start("publish", count=600),
        lab.start("be_killed", kills=6, seed=7),
        lab.start("be_killed", kills=6, seed=8),
        lab.start("seal_for", seconds=4.0),
        lab.start("look_for", seconds=5.0),
    ]

    assert [actor.wait(150) for actor in crowd] == [0] * len(crowd)
    report = lab.ask("judge")

    assert (report["facts"], report["sealed"], report["rows"]) == (600, 600, 600)
    assert report["lying"]
    assert report["left_behind"] > 0  # else the kills have hit nobody at work


def test_full_disk_is_one_sentence_and_leaves_nothing_half(lab, tmp_path):
    assert lab.start("publish_noise", count=600).wait(60) == 0

    full = run("lake", "--seal", address=lab.address, room=80_000)

    said = full.stderr
    assert (full.returncode, said.count("\n")) == (1, 1), said
    assert said.startswith(
        f"CommandError: The lake in {tmp_path}/lake cannot be written, and stays"
    )
    assert [path for path in (tmp_path / "lake").rglob("*") if path.is_file()] == []
    report = lab.ask("judge")
    assert (report["sealed"], report["rows"], report["left_behind"]) == (600, 600, 0)
