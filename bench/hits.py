"""Page hits: posted to the web server as pages of a company's own site do it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.core.management import call_command

from baton.core.keys import new_key
from baton.marketing.capture import spool
from baton.marketing.capture.strangers import sign_visitor
from bench.figures import Figure, seconds

CLIENTS, EACH = 8, 300
SETTINGS = {"BATON_PATIENCE": "2", "TRUSTED_PROXIES": "127.0.0.1"}
BODY = b"path=/pricing&title=Pricing&utm_source=news&utm_medium=email&utm_campaign=spring"


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def hits() -> Iterator[Figure]:
    """Hits answered a second; bare: the same server, answering once a line is flushed."""
    with _served("bench.hits_bare:application") as port:
        bare = _posted(port)
    with _served("baton.config.wsgi:application") as port:
        kept = _posted(port)
        files = Path(settings.SPOOL_ROOT).glob(f"*{spool.WRITING}")
        lines = sum(len(path.read_bytes().splitlines()) for path in files)
    assert lines >= CLIENTS * EACH, f"{lines} of {CLIENTS * EACH} hits are in the spool"
    yield Figure(f"hits acknowledged into the spool, {CLIENTS} clients", kept, "/s", bare)


@contextmanager
def _served(application: str) -> Iterator[int]:
    """As ``baton up`` serves it, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "1"]
    command += ["--blocking-threads", "4", "--log-level", "warning", "--port", str(port)]
    server = subprocess.Popen([*command, application], env=os.environ | SETTINGS)
    try:
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _await(port: int) -> None:
    until = monotonic() + 30
    while True:
        try:
            _post_some(port, count=20)
        except OSError:
            if monotonic() > until:
                raise
            sleep(0.1)
        else:
            return


def _posted(port: int) -> float:
    """Acknowledged a second."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        took = seconds(lambda: list(clients.map(lambda _: _post_some(port), range(CLIENTS))))
    return CLIENTS * EACH / took


def _post_some(port: int, *, count: int = EACH) -> None:
    """One browser after the other over one connection, as a proxy keeps it."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(count):  # each from a network of its own: one alone may see fewer
            sender = f"198.18.{number // 250}.{number % 250 + 1}"
            line.sendall(
                b"POST /p/hit/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n"
                b"Cookie: baton_visitor=%s\r\nContent-Length: %d\r\n\r\n%s"
                % (sender.encode(), sign_visitor(new_key()).encode(), len(BODY), BODY)
            )
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):
                part = line.recv(4096)
                if not part:
                    raise ConnectionError("The server hung up.")
                answer += part
            assert answer.startswith(b"HTTP/1.1 204"), answer


MEASURES = (hits,)
