from datetime import timedelta

import pytest
import time_machine

from baton.core.http.tests.factories import answering, serving
from baton.core.notices.slots import notice_kinds
from baton.core.notices.tests.browsers import BrowserKeys
from baton.core.notices.tests.factories import AT, PUSHED, a_kind


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


@pytest.fixture
def own_hosts(settings):
    """Services of the tests listen on this machine."""
    settings.NOTICE_PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def service():
    with serving(answering(201, "")) as running:
        yield running


@pytest.fixture
def keys():
    return BrowserKeys()


@pytest.fixture
def pushed(plug):
    return plug(a_kind(ways=PUSHED))
