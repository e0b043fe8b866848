"""A company, a clock that the story moves, and a background that must not fail in silence."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from baton.core.facts.models import Cursor, ParkedFact
from baton.core.jobs.models import Job
from baton.marketing.capture import spool
from tests.flows.house import House, build_house

BEGIN = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # Monday, 09:30 in Berlin, 03:30 in New York


@pytest.fixture(autouse=True)
def _spool(tmp_path, settings) -> Iterator[None]:
    settings.SPOOL_ROOT = tmp_path / "spool"
    yield
    spool.close()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(db, clock) -> House:
    return build_house()


@pytest.fixture
def settle(run_background) -> Callable[[], None]:
    """Deliver facts and do jobs; whatever failed on the way fails the test."""

    def drain() -> None:
        run_background()
        failed = [f"{cursor.name}: {cursor.error}" for cursor in Cursor.objects.exclude(error="")]
        failed += [f"{parked.subscriber}: {parked.error}" for parked in ParkedFact.objects.all()]
        failed += [f"{job.task}: {job.error}" for job in Job.objects.exclude(error="")]
        assert failed == []

    return drain
