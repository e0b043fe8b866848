import gc
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.urls import clear_url_caches, get_resolver

from baton.core.bulk import seldom_tidied
from baton.core.jobs import schedule
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


def test_schedules_are_looked_at_once_a_minute_however_often_the_bell_rings(worker, monkeypatch):
    looks = []
    monkeypatch.setattr(schedule, "fire_due", lambda *, at: looks.append(at))
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)

    for second in (0, 1, 30, 59, 60, 61):
        with time_machine.travel(nine + timedelta(seconds=second), tick=False):
            worker._keep_time()

    assert looks == [nine, nine + timedelta(seconds=60)]


def test_look_that_failed_is_made_again_in_the_same_minute(worker, monkeypatch):
    looks = []

    def fail_first(*, at):
        looks.append(at)
        if len(looks) == 1:
            raise OperationalError

    monkeypatch.setattr(schedule, "fire_due", fail_first)
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        for _ in range(3):
            worker._guarded(worker._keep_time)

    assert len(looks) == 2


def test_worker_knows_all_routes_before_it_begins(monkeypatch):
    known = []
    read = "_populated"  # which Django tells nobody
    monkeypatch.setattr(Worker, "run", lambda worker: known.append(vars(get_resolver())[read]))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    clear_url_caches()

    call_command("worker")

    assert known == [True]


def test_worker_looks_for_rings_of_dead_objects_seldom(worker, monkeypatch):
    before, during = gc.get_threshold(), []
    monkeypatch.setattr(worker, "_work", lambda: during.append(gc.get_threshold()))

    worker.run()

    assert during[0] > before
    assert gc.get_threshold() == before


def test_work_within_a_worker_leaves_its_rest_as_it_is(worker, monkeypatch):
    before, after = gc.get_threshold(), []

    def work():
        with seldom_tidied():
            pass
        after.append((gc.get_threshold(), gc.get_freeze_count()))

    monkeypatch.setattr(worker, "_work", work)

    worker.run()

    [(threshold, frozen)] = after
    assert threshold > before
    assert frozen > 0
