from datetime import timedelta

import pytest
import time_machine

from baton.core.notices.slots import notice_kinds
from baton.core.notices.tests.factories import AT


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plug(monkeypatch):
    """Kinds in place of those of the house."""
    monkeypatch.setattr(notice_kinds, "_items", [])

    def add(kind):
        notice_kinds.add(kind)
        return kind

    return add


@pytest.fixture
def later():
    return lambda **span: AT + timedelta(**span)
