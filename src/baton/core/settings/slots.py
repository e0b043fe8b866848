"""What a module needs before its first use: a pipeline, an agreement, a few rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """Run by ``baton init`` in the order of ``order``; safe to run again.

    ``run(by_id, at)``: the admin's id and the moment.
    """

    name: str
    order: int
    run: Callable[[int, datetime], None]


first_steps: Slot[FirstStep] = Slot(key=lambda step: step.name)
