"""The lake under fire: several seal and read at once, and are killed in the middle of it."""

import json
import os
import resource
import signal
import subprocess
import sys

import pytest

from tests.servers import new_address

pytestmark = [pytest.mark.chaos, pytest.mark.once]


def limit(room):
    """No file of this process may grow beyond that: its disk is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error for the writer, not its death
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


@pytest.fixture(params=["sqlite", "postgres"])
def actor(request, tmp_path):
    """Call it with a role to start a process of it, on a database and a lake of their own."""
    env = os.environ | {
        "BATON_HOME": str(tmp_path),
        "DATABASE_URL": new_address(request.param, tmp_path),
        "DJANGO_SETTINGS_MODULE": "baton.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    started = []

    def start(role, *numbers, module="tests.lab.lake_actor", room=None):
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", module, role, *map(str, numbers)],
                env=env,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if room else None,
                text=True,
                preexec_fn=(lambda: limit(room)) if room else None,
            )
        )
        return started[-1]

    assert start("migrate", "-v0", module="baton").wait(120) == 0
    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_kills_and_rivals_lose_nothing_and_double_nothing(actor):
    crowd = [
        actor("publish", 600),
        actor("be_killed", 6, 7),
        actor("be_killed", 6, 8),
        actor("seal_for", 4.0),
        actor("look_for", 5.0),
    ]

    assert [process.wait(150) for process in crowd] == [0] * len(crowd)
    told, _ = actor("judge").communicate(timeout=60)
    report = json.loads(told)

    assert (report["facts"], report["sealed"], report["rows"]) == (600, 600, 600)
    assert report["lying"]
    assert report["left_behind"] > 0  # else the kills have hit nobody at work


def test_full_disk_is_one_sentence_and_leaves_nothing_half(actor, tmp_path):
    assert actor("publish_noise", 600).wait(60) == 0

    full = actor("lake", "--seal", module="baton", room=80_000)
    _, said = full.communicate(timeout=60)

    assert (full.returncode, said.count("\n")) == (1, 1), said
    assert said.startswith(
        f"CommandError: The lake in {tmp_path}/lake cannot be written, and stays"
    )
    assert [path for path in (tmp_path / "lake").rglob("*") if path.is_file()] == []
    told, _ = actor("judge").communicate(timeout=60)
    report = json.loads(told)
    assert (report["sealed"], report["rows"], report["left_behind"]) == (600, 600, 0)
