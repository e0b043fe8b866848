"""From a form to the rep: a hand is raised on the demo's page, and a rep reads it in the inbox.

``baton up --demo`` runs as its users start it, with one worker. Strangers open the page, each from
an address of their own, and send its form as a browser does; what counts is the time from the post
to the rep's notice in the database. BENCH_FORMS (50) says how many.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.db import OperationalError, ProgrammingError

from baton.core.facts import care
from baton.core.notices.models import Notice
from baton.core.strangers import QUICKEST
from baton.qualification.handoff.models import PoolMember
from bench.figures import Figure, quantile

FORMS = int(os.environ.get("BENCH_FORMS", "50"))
PAGE = "/p/demo/"
STARTS_WITHIN, TOLD_WITHIN = 600.0, 60.0  # seconds
LOOK = 0.01  # seconds between two looks for the notice


class _Inputs(HTMLParser):
    """Names and values of the form on a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}  # by name: type, value

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"input", "textarea"} and (name := given.get("name")):
            kind = "textarea" if tag == "textarea" else given.get("type", "text")
            self.found[name] = kind, given.get("value", "")


def prepare() -> None:
    """All is told by the command itself."""


def notices() -> Iterator[Figure]:
    with _running() as port:
        # The reps of the story soon have as much as they may: the next lead waits in the queue.
        PoolMember.objects.update(open_cap=None, daily_cap=None)
        opened = [_open(port, number) for number in range(FORMS)]
        time.sleep(QUICKEST.total_seconds())  # who is quicker is taken for a machine
        waits = [_told(port, number, filled) for number, filled in enumerate(opened)]
    median = statistics.median(waits)
    yield Figure(f"a raised hand to the rep's notice, median of {FORMS}", median, "s")
    yield Figure("... the slowest 5 %; at most 5", quantile(waits, percent=95), "s")


@contextmanager
def _running() -> Iterator[int]:
    port = _free_port()
    told = {
        "DJANGO_SETTINGS_MODULE": "baton.config.settings",
        "TRUSTED_PROXIES": "127.0.0.1",  # which lets each stranger have an address
    }
    surroundings = {key: value for key, value in os.environ.items() if key != "SECRET_KEY"} | told
    command = [sys.executable, "-m", "baton", "up", "--demo", "--port", str(port)]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGINT)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until a page is answered, and the worker has caught up with the story."""
    until = time.monotonic() + STARTS_WITHIN
    while not (_answers(port) and _has_caught_up()):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("The demo did not start, or its worker did not catch up.")
        time.sleep(1)


def _answers(port: int) -> bool:
    try:
        return _asked(port, "GET", PAGE, number=FORMS)[0] == 200
    except (HTTPException, OSError):
        return False


def _has_caught_up() -> bool:
    try:
        lags = list(care.lags())
    except (OperationalError, ProgrammingError):  # it is about to be made
        return False
    return bool(lags) and not any(lag.facts for lag in lags)


def _open(port: int, number: int) -> dict[str, str]:
    """The page as somebody sees it, and what they write into its form."""
    status, page = _asked(port, "GET", PAGE, number=number)
    assert status == 200, page[:500]
    inputs = _Inputs()
    inputs.feed(page)
    return {
        name: value if kind == "hidden" else _answer(name, kind, number)
        for name, (kind, value) in inputs.found.items()
        if kind not in {"submit", "checkbox", "radio"}
    }


def _answer(name: str, kind: str, number: int) -> str:
    if kind == "email":
        return f"stranger{number}@plant{number}.example"
    if kind == "textarea":
        return "Which of our presses runs at night."
    if name == "company":
        return f"Plant {number}"
    return _name(number) if name == "name" else ""


def _name(number: int) -> str:
    letters = [chr(ord("a") + number // 26 % 26), chr(ord("a") + number % 26)]
    return f"Stranger Bench{''.join(letters)}"


def _told(port: int, number: int, filled: Mapping[str, str]) -> float:
    """Seconds from the post to the notice."""
    began = time.perf_counter()
    status, page = _asked(port, "POST", f"{PAGE}send/", number=number, body=urlencode(filled))
    assert status == 303, page[:2000]
    until = time.monotonic() + TOLD_WITHIN
    mine = Notice.objects.filter(kind="lead.offered", what=_name(number))
    while not mine.exists():
        assert time.monotonic() < until, f"Nobody was told of {_name(number)}."
        time.sleep(LOOK)
    return time.perf_counter() - began


def _asked(port: int, method: str, path: str, *, number: int, body: str = "") -> tuple[int, str]:
    headers = {
        "X-Forwarded-For": f"198.51.100.{number + 1}",
        "Accept": "text/html",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    }
    if body:
        origin = {"Origin": f"http://127.0.0.1:{port}"}
        headers |= origin | {"Content-Type": "application/x-www-form-urlencoded"}
    asked = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked.request(method, path, body or None, headers)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


MEASURES = (notices,)
