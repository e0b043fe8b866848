"""A story that is told once for all tests of a module; each test's own writes end with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import time_machine
from django.test import override_settings

from baton.marketing.capture import spool
from tests.flows.house import BEGIN, House, build_house


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """The house, its clock, and what brings its background to rest."""

    house: House
    clock: Any
    settle: Callable[[], None]


@contextmanager
def lived_in(folder: Path, settle: Callable[[], None]) -> Iterator[Lasting]:
    """In a transaction that lasts."""
    with override_settings(SPOOL_ROOT=folder), time_machine.travel(BEGIN, tick=False) as clock:
        yield Lasting(house=build_house(), clock=clock, settle=settle)
    spool.close()
