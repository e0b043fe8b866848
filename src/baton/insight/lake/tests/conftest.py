import pytest

from baton.core.facts.delivery import deliver_round
from baton.core.facts.numbering import seat_subscribers
from baton.insight.lake.queries import read


@pytest.fixture(autouse=True)
def lake_folder(settings, tmp_path):
    """A lake of its own for each test."""
    settings.LAKE_ROOT = tmp_path / "lake"
    return settings.LAKE_ROOT


@pytest.fixture
def number(db):
    """Call it to give all facts their place in the log."""
    seat_subscribers()

    def number_all():
        while deliver_round():
            pass

    return number_all


@pytest.fixture
def ask(tmp_path):
    """Run a statement over the lake, written here."""

    def answer(sql, user=None, **values):
        file = tmp_path / "asked.sql"
        file.write_text(sql)
        return read(file, user=user, values=values)

    return answer
