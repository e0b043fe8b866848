"""A company, a clock that the story moves, and a background that must not fail in silence."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import timezone

from baton.core.facts.models import Cursor, ParkedFact
from baton.core.facts.numbering import seat_subscribers
from baton.core.jobs.models import Job
from baton.marketing.capture import spool
from conftest import drain_background
from tests.flows.house import House
from tests.flows.lasting import Lasting, lived_in


@pytest.fixture(autouse=True)
def _spool(tmp_path, settings) -> Iterator[None]:
    settings.SPOOL_ROOT = tmp_path / "spool"
    yield
    spool.close()


def settle_all() -> None:
    """Deliver facts and do jobs; whatever failed on the way fails the test."""
    drain_background()
    failed = [f"{cursor.name}: {cursor.error}" for cursor in Cursor.objects.exclude(error="")]
    failed += [f"{parked.subscriber}: {parked.error}" for parked in ParkedFact.objects.all()]
    failed += [f"{job.task}: {job.error}" for job in Job.objects.exclude(error="")]
    assert failed == []


@pytest.fixture(scope="module")
def story(lasting: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lasting]:
    """A house whose story is told once for all tests of the module."""
    with lived_in(tmp_path_factory.mktemp("story") / "spool", settle_all) as told:
        seat_subscribers()
        yield told


@pytest.fixture
def house(story: Lasting, db: None) -> House:
    return story.house


@pytest.fixture
def clock(story: Lasting) -> Iterator[time_machine.Traveller]:
    """The story's; put back to where the test found it."""
    found = timezone.now()
    yield story.clock
    story.clock.move_to(found)


@pytest.fixture
def settle(story: Lasting) -> Callable[[], None]:
    """Call it to bring the background to rest."""
    return story.settle
