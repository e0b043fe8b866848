import threading

import pytest
from django.db import InterfaceError, OperationalError, connection

from baton.core.worker import Worker


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own, else it were lost
    worker = Worker(threads=1, queues=["default"])
    monkeypatch.setattr(worker.stopping, "wait", lambda seconds: None)
    return worker


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_database_errors_do_not_end_a_worker(worker, error):
    def step():
        raise error

    assert worker._guarded(step) is False
    assert not worker.stopping.is_set()


def test_bug_ends_the_whole_worker_for_its_supervisor_to_restart(worker, monkeypatch):
    def step():
        raise KeyError

    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    thread = worker._thread(step)

    thread.start()
    thread.join(10)

    assert worker.stopping.is_set()
