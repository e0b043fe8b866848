import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from baton.core.settings.models import Organisation
from baton.operations.administration.actions import make_set_up_code
from baton.operations.administration.queries import needs_set_up

WEB_PATIENCE = "2"  # seconds a request waits for SQLite's write lock, then 503
THREADS = 16  # a request that comes in slowly holds one all the while
DRAIN = 30.0  # seconds both get to finish what they hold

Crew = dict[str, "subprocess.Popen[bytes]"]


class Command(BaseCommand):
    help = "Web and worker in one command; Ctrl-C lets both finish what they hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=THREADS, help="Web threads.")
        parser.add_argument("--demo", action="store_true", help="Add the demo company first.")
        parser.add_argument(
            "--people", type=int, default=0, metavar="N",
            help="With so many who come in its year; without, its sixty main people only.",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["threads"] < 1:
            raise CommandError("The web needs at least one thread: --threads 1", returncode=2)
        _refuse_taken_port(options["host"], options["port"])
        self._prepare(is_demo=options["demo"], people=options["people"])
        address = f"http://{options['host']}:{options['port']}"
        os.environ.setdefault("SITE_URL", address)
        self.stop_asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        crew = {"web server": self._web(options), "worker": self._worker()}
        self._watch(crew, until=lambda: _is_answered(options["host"], options["port"]))
        if self._is_well(crew):
            self.stdout.write(f"Baton is at {address} (Ctrl-C stops it)")
            self._say_logins()
            self.stdout.flush()
        self._watch(crew)
        for name, one in crew.items():
            if not self.stop_asked and one.poll() is not None:
                self.stderr.write(f"The {name} ended by itself ({_how(one.returncode)}).")
        sys.exit(self._drain(list(crew.values())))

    def _watch(self, crew: Crew, *, until: Callable[[], bool] = lambda: False) -> None:
        while self._is_well(crew) and not until():
            time.sleep(0.1)

    def _is_well(self, crew: Crew) -> bool:
        return not self.stop_asked and all(one.poll() is None for one in crew.values())

    def _prepare(self, *, is_demo: bool, people: int) -> None:
        for folder in (settings.HOME, settings.MEDIA_ROOT, settings.SPOOL_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if is_demo and not Organisation.objects.filter(pk=1).exists():
            self.stdout.write("Telling the demo company's story ...")
            # What follows from it (scores, personas) the worker does while one looks around.
            call_command("demo", people=people, no_catching_up=True)
        connection.close()

    def _web(self, options: dict[str, Any]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
        command += ["--host", options["host"], "--port", str(options["port"])]
        command += ["--workers", "1", "--blocking-threads", str(options["threads"])]
        command += ["--log-level", "error", "baton.config.wsgi:application"]
        return self._start(command, BATON_PATIENCE=WEB_PATIENCE)

    def _worker(self) -> "subprocess.Popen[bytes]":
        return self._start([sys.executable, "-m", "baton", "worker"])

    def _start(self, command: list[str], **extra: str) -> "subprocess.Popen[bytes]":
        # A group of its own: Ctrl-C at the terminal reaches only us, and we stop them in order.
        return subprocess.Popen(command, env=os.environ | extra, start_new_session=True)  # noqa: S603 -- our own words

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stop_asked = True

    def _drain(self, crew: list["subprocess.Popen[bytes]"]) -> int:
        """0 when we were asked to stop; 1 when one of them ended by itself."""
        for one in crew:
            if one.poll() is None:
                one.send_signal(signal.SIGTERM)
        until = time.monotonic() + DRAIN
        for one in crew:
            try:
                one.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                one.kill()
        return 0 if self.stop_asked else 1

    def _say_logins(self) -> None:
        note = settings.HOME / "keys" / "demo-logins"
        if note.exists():
            self.stdout.write(note.read_text().rstrip())
        elif needs_set_up():
            code = make_set_up_code(at=timezone.now())
            self.stdout.write(f"Nobody is here yet: set it up there with the code  {code}")
        connection.close()


def _how(code: int) -> str:
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name


def _is_answered(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _refuse_taken_port(host: str, port: int) -> None:
    """Before anything is made: the web server's own words for it are fifty lines long."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            message = f"Port {port} on {host} cannot be had. Stop what runs there, or use --port."
            raise CommandError(message, returncode=2) from error
