"""Reports: ``python -m bench.insight sqlite|postgres`` prints what they take at 20,000 people."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from os import environ

from tests.servers import new_address

Figure = tuple[str, float, str]


def measures(kind: str) -> Iterator[Figure]:
    """Yield (what, value, unit) on a database of that kind filled with invented people.

    In a process of its own: Django knows one database at a time.
    """
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        surroundings = environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "BATON_HOME": folder,
            "DATABASE_URL": new_address(kind, folder, durable=True),
        }
        command = [sys.executable, "-m", "bench.insight_work"]
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
    for what, value, unit in measures(sys.argv[1]):
        sys.stdout.write(f"{sys.argv[1]:9}{what:58}{value:10.1f} {unit}\n")
        sys.stdout.flush()
