"""The ``baton`` command: each module brings its own sub-commands."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

from baton.config.endings import ending_of
from baton.core.whence import Way, came_by

WORKERS_LONGEST = "300"  # seconds of one statement
READER_GONE = 141  # what a shell calls a command that died of SIGPIPE
SELDOM = (50_000, 25, 50)  # objects made, and rounds, until rings of dead ones are looked for


def main() -> None:
    """One sub-command in a process of its own.

    Hundreds of thousands of objects come with the modules, and stay. By Python's own measure, of
    700, they are looked through for dead rings again and again while they are read, and once more
    as the process ends: together half of the time that a short command takes.
    """
    gc.set_threshold(*SELDOM)
    try:
        run()
    finally:
        gc.freeze()


def run() -> None:
    """Run one sub-command; ``baton help`` lists them, ``--traceback`` shows where one ended."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
    os.umask(0o077)  # data, keys and backups are for the user that runs Baton
    if sys.argv[1:2] == ["worker"]:
        os.environ.setdefault("BATON_LONGEST_STATEMENT", WORKERS_LONGEST)
    try:
        with came_by(Way.COMMAND, name=" ".join(sys.argv[1:2])):
            execute_from_command_line(["baton", *sys.argv[1:]])
        sys.stdout.flush()  # here and not at the end of Python, where a reader gone is a traceback
    except BrokenPipeError:  # who read it, such as ``head``, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_GONE)
    except (Exception, KeyboardInterrupt) as error:
        ending = ending_of(error)
        if ending is None or "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"{ending.says}\n")
        sys.exit(ending.code)
