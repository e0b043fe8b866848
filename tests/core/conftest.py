from datetime import timedelta

import pytest

from baton.core.facts import delivery
from tests.lab import subscribers


@pytest.fixture
def no_waiting(monkeypatch):
    """Back-off without its pauses."""
    monkeypatch.setattr(delivery, "timedelta", lambda seconds: timedelta())


@pytest.fixture(autouse=True)
def clean_lab():
    yield
    for memory in (subscribers.poison, subscribers.strict, subscribers.heard):
        memory.clear()
