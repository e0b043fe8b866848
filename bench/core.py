"""Facts and jobs: ``python -m bench.core sqlite|postgres [measure ...]`` prints their figures."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from os import environ

from tests.servers import new_address

Figure = tuple[str, float, str]


def measures(kind: str, *, only: Sequence[str] = ()) -> Iterator[Figure]:
    """Yield (what, value, unit) on an empty database of that kind, as they come.

    In a process of its own: Django knows one database at a time. PostgreSQL waits for its disk
    here, as it does in earnest.
    """
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        surroundings = environ | {
            "DJANGO_SETTINGS_MODULE": "tests.lab.settings",
            "DATABASE_URL": new_address(kind, folder, durable=True),
        }
        command = [sys.executable, "-m", "bench.core_work", *only]
        with subprocess.Popen(
            command, env=surroundings, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            for line in process.stdout:
                what, value, unit = json.loads(line)
                yield what, value, unit
        if process.returncode:
            raise RuntimeError(f"The measuring of {kind} ended with {process.returncode}.")


if __name__ == "__main__":
    for what, value, unit in measures(sys.argv[1], only=sys.argv[2:]):
        sys.stdout.write(f"{sys.argv[1]:9}{what:58}{value:10.2f} {unit}\n")
        sys.stdout.flush()
