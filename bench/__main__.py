"""``python -m bench [sqlite|postgres] [name ...]`` prints what Baton costs beside the database.

A name is that of a part (facts, company, daily, pages, large, imports, volumes, hits, lake,
routing, scoring, clocks, answering) or of a measure. With the word ``million``, ``daily``,
``pages`` and ``large`` have a million people and ``exports`` takes out as many, not 100,000.
"""

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import django

from bench.figures import Figure
from tests.servers import new_address, postgres

KINDS = ("sqlite", "postgres")
MILLION = "million"
SETTINGS = {
    "facts": "tests.lab.settings",
    "company": "tests.settings",
    "daily": "tests.settings",
    "pages": "tests.settings",
    "large": "tests.settings",
    "imports": "tests.settings",
    "volumes": "tests.settings",
    "hits": "tests.settings",
    "lake": "tests.settings",
    "routing": "tests.settings",
    "scoring": "tests.settings",
    "clocks": "tests.settings",
    "answering": "tests.settings",
}
AT_HOME = (
    "daily",
    "pages",
    "large",
)  # measured in the demo that BENCH_HOME names, where it names one


def main() -> None:
    words = sys.argv[1:]
    kinds = [kind for kind in KINDS if kind in words] or list(KINDS)
    names = [word for word in words if word not in (*KINDS, MILLION)]
    if MILLION in words:
        os.environ["BENCH_PEOPLE"] = os.environ["BENCH_ROWS"] = "1000000"
    _say(f"{os.cpu_count()} CPUs, {_processor()}, {platform.machine()} {platform.system()}")
    _say(f"Load before it began: {os.getloadavg()[0]:.1f}")
    _say(f"Python {platform.python_version()}, Django {django.__version__}")
    for kind in kinds:
        _say(f"\n{_version(kind):62}{'Baton':>13}{'bare':>13}{'times bare':>12}")
        shown = 0
        for part in SETTINGS:
            for figure in _measured(part, kind, names):
                _show(figure)
                shown += 1
        if not shown:
            said, parts = ", ".join(names), ", ".join(SETTINGS)
            sys.exit(f"Nothing is measured by the name {said}. Name a part ({parts}) or a measure.")


def _processor() -> str:
    """What Linux calls it; elsewhere what Python knows."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def _version(kind: str) -> str:
    if kind == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"PostgreSQL {postgres(durable=True).psql('SHOW server_version').split()[2]}"


def _measured(part: str, kind: str, names: Sequence[str]) -> Iterator[Figure]:
    """On an empty database, in a process of its own: Django knows one database at a time.

    PostgreSQL waits for its disk here, as it does in earnest.
    """
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS[part],
            "BATON_HOME": folder,
            "DATABASE_URL": new_address(kind, folder, durable=True),
        }
        if part in AT_HOME and (home := os.environ.get("BENCH_HOME")):
            told = {"BATON_HOME": home, "DATABASE_URL": f"sqlite:///{home}/baton.sqlite3"}
            surroundings |= told
        command = [sys.executable, "-m", "bench.child", part, *names]
        with subprocess.Popen(
            command, env=surroundings, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            for line in process.stdout:
                yield Figure(**json.loads(line))
        if process.returncode:
            raise RuntimeError(f"Measuring {part} on {kind} ended with {process.returncode}.")


def _show(figure: Figure) -> None:
    bare = f"{figure.bare:,.2f}" if figure.bare is not None else ""
    ratio = f"{figure.ratio:,.1f}" if figure.ratio is not None else ""
    _say(f"  {figure.what:60}{figure.value:>10,.2f} {figure.unit:2}{bare:>13}{ratio:>12}")


def _say(text: str) -> None:
    sys.stdout.write(text.rstrip() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
