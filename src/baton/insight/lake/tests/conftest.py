from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from baton.core.facts import publish_many
from baton.core.facts.models import Cursor
from baton.core.facts.numbering import number_facts
from baton.insight.lake.queries import read
from baton.marketing.capture.events import VisitMade

AT = datetime(2026, 3, 31, 9, tzinfo=UTC)  # visits are of this day and the next, a month later


@pytest.fixture(autouse=True)
def lake_folder(settings, tmp_path):
    """A lake of its own for each test."""
    settings.LAKE_ROOT = tmp_path / "lake"
    return settings.LAKE_ROOT


@pytest.fixture
def number(db):
    """Call it to give all facts their place in the log."""
    Cursor.objects.create(name=Cursor.LINE)
    return number_facts


@pytest.fixture
def told(number):
    """Call it to have so many visits of nobody told and numbered, on that day and the next."""

    def tell(count, *, at=AT, **over):
        with transaction.atomic():
            publish_many(
                VisitMade(
                    happened_at=at + timedelta(days=turn % 2),
                    person_id=1,
                    visit_id=turn,
                    channel="search",
                    pages=[],
                    **over,
                )
                for turn in range(count)
            )
        number()

    return tell


@pytest.fixture
def ask(tmp_path):
    """Run a statement over the lake, written here."""

    def answer(sql, user=None, **values):
        file = tmp_path / "asked.sql"
        file.write_text(sql)
        return read(file, user=user, values=values)

    return answer
