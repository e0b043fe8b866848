import pytest

from baton.core.facts.delivery import deliver_round
from baton.core.facts.numbering import seat_subscribers


@pytest.fixture
def numbered_lake(settings, tmp_path):
    """A lake of its own."""
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def number(db):
    """Call it to give all facts their place in the log."""
    seat_subscribers()

    def number_all():
        while deliver_round():
            pass

    return number_all
