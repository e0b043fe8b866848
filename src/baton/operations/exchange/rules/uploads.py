"""The states of an import of uploaded files, and how long it still takes. No clock."""

from datetime import datetime, timedelta
from enum import StrEnum

MOST_BYTES = 200_000_000  # of all files of one upload
MOST_FILES = 20


class State(StrEnum):
    """From the upload to the end; an import by the command begins with running."""

    CHECKING = "checking"  # being looked through
    ASKING = "asking"  # somebody has to say what the columns are
    READY = "ready"
    REFUSED = "refused"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"


BUSY = (State.CHECKING, State.RUNNING, State.UNDOING)
TO_CHOOSE = (State.ASKING, State.READY, State.REFUSED)  # columns may be chosen anew
TO_LEAVE = (State.ASKING, State.READY, State.RUNNING)
TO_UNDO = (State.DONE, State.STOPPED)


def time_left(*, done: int, total: int, since: datetime, at: datetime) -> timedelta | None:
    """At the rate so far; None while nothing is done."""
    took = (at - since).total_seconds()
    if not done or took <= 0:
        return None
    return timedelta(seconds=round((total - done) * took / done)) if total > done else timedelta()


def rate(*, done: int, since: datetime, at: datetime) -> int:
    """Rows a second."""
    took = (at - since).total_seconds()
    return round(done / took) if took > 0 else 0
