import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.once


@pytest.fixture
def start(make_house):
    """``baton`` as a process of its own, in an installation that waits for its ``init``."""
    house = make_house()

    def start(*words):
        return subprocess.Popen(
            [sys.executable, "-m", "baton", *map(str, words)],
            env=os.environ
            | {
                "BATON_HOME": str(house.home),
                "DATABASE_URL": f"sqlite:///{house.home}/baton.sqlite3",
                "DJANGO_SETTINGS_MODULE": "baton.config.settings",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(1800):
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/") as answer:
                return answer.status
        except OSError:
            time.sleep(0.1)
    pytest.fail("Nobody answered within three minutes.")


def test_one_command_brings_web_and_worker_up_and_drains_both(start):
    """Slow: it starts two real processes."""
    port = free_port()
    process = start("up", "--port", port)

    assert wait_for(port, process) == 200
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, "Traceback" in err) == (0, False)
    assert f"http://127.0.0.1:{port}" in out
    assert "set it up there with the code" in out


def test_taken_port_is_refused_before_anything_is_made():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError) as refusal:
            call_command("up", "--port", str(port))

    assert str(refusal.value).startswith(f"Port {port} on 127.0.0.1 cannot be had.")
    assert refusal.value.returncode == 2


def test_web_without_threads_is_refused():
    with pytest.raises(CommandError, match="at least one thread"):
        call_command("up", "--threads", "0")
