"""The product as its users start it: ``baton up --demo``, in a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

STARTS_WITHIN = 120.0  # seconds; the demo's story is told first
STOPS_WITHIN = 40.0
PASSWORD = re.compile(r"the password of all is (\S+)\)")


class Running:
    """Web and worker in one command, and where they are."""

    def __init__(self, home: Path, *, more: Mapping[str, str] | None = None) -> None:
        self.home, self.log = home, home / "up.log"
        self.looked_at: set[tuple[str, str, str]] = set()  # screens: page, state, role
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        env = {**os.environ, "BATON_HOME": str(home), "PYTHONUNBUFFERED": "1", **(more or {})}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"):
            env.pop(name, None)  # those of the tests
        command = [sys.executable, "-m", "baton", "up", "--demo", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def wait(self) -> None:
        """Until a page is answered."""
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def _answers(self) -> bool:
        asked = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asked.request("GET", "/sign-in/")
            return asked.getresponse().status == 200
        except (HTTPException, OSError):
            return False
        finally:
            asked.close()

    def said(self) -> str:
        return self.log.read_text()

    def password(self) -> str:
        """Of all demo users."""
        found = PASSWORD.search(self.said())
        assert found, self.said()
        return found[1]

    def stop(self) -> int:
        """As Ctrl-C does; the exit code once both have finished what they held."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise


@contextmanager
def running(home: Path, *, more: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Started, answering, and stopped in the end."""
    one = Running(home, more=more)
    try:
        one.wait()
        yield one
    finally:
        one.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
