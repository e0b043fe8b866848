"""What becomes of a file that somebody takes out."""

from datetime import timedelta
from enum import StrEnum

EVERYTHING = "everything"
KEPT_FOR = timedelta(days=1)  # then the file goes; who took what stays written down
AT_ONCE = 2_000  # rows; more are written in the background
BATCH = 500  # rows in memory
BITE = 5_000  # rows of one job


class State(StrEnum):
    LEAVING = "leaving"  # read while it is sent
    RUNNING = "running"  # in the background
    DONE = "done"
    STOPPED = "stopped"  # by who began it, or by a line that broke
    FAILED = "failed"  # the disk is full, or the like
    REFUSED = "refused"  # they may not any more, or the list cannot be followed
