"""The ``baton`` command: each module brings its own sub-commands."""

import errno
import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

NO_ROOM = "The disk is full (or a size limit is reached): nothing half-written was kept. Make room."
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def main() -> None:
    """Run one sub-command; ``baton help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
    try:
        execute_from_command_line(["baton", *sys.argv[1:]])
    except OperationalError as error:
        if "disk" not in str(error):
            raise
        sys.exit(NO_ROOM)
    except OSError as error:
        if error.errno not in FULL:
            raise
        sys.exit(NO_ROOM)
