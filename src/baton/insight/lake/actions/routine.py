"""What a worker does every few minutes, and an admin when they like."""

from collections.abc import Callable
from datetime import datetime

from baton.insight.lake.actions.remaking import mend, merge, sweep
from baton.insight.lake.actions.sealing import seal
from baton.insight.lake.queries.streams import STREAMS


def bring_up_to_date(*, now: Callable[[], datetime], least: int = 1) -> None:
    """What is missing is made anew, what waits (``least`` rows of it) is sealed, what was undone
    leaves, small files become large ones. Raises LakeUnwritable."""
    for name in STREAMS:
        mend(name, at=now())
        while seal(name, at=now(), least=least):
            pass
        sweep(name, at=now())
        while merge(name, at=now()):
            pass
