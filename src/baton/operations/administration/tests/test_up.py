import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def house(tmp_path):
    env = os.environ | {
        "BATON_HOME": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/baton.sqlite3",
        "DJANGO_SETTINGS_MODULE": "baton.config.settings",
    }

    def start(*words):
        return subprocess.Popen(
            [sys.executable, "-m", "baton", *map(str, words)],
            env=env,
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
    for _ in range(240):
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/") as answer:
                return answer.status
        except OSError:
            time.sleep(0.25)
    pytest.fail("Nobody answered within a minute.")


def test_one_command_brings_web_and_worker_up_and_drains_both(house):
    """Slow: it starts two real processes."""
    port = free_port()
    process = house("up", "--port", port)

    assert wait_for(port, process) == 200
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, "Traceback" in err) == (0, False)
    assert f"http://127.0.0.1:{port}" in out
    assert "baton init --admin" in out


def test_taken_port_is_refused_in_one_sentence(house):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        process = house("up", "--port", port)
        _out, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be had." in err
    assert "Traceback" not in err
