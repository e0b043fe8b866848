"""The ``baton`` command: each module brings its own sub-commands."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one sub-command; ``baton help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
    execute_from_command_line(["baton", *sys.argv[1:]])
