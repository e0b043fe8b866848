import gc
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from baton.config.room import RoomForCalls, settle

DEPTHS, TIMES = 120, 100  # as deep as pages go; and as often in and out, at each depth
OF_PYTHON = (700, 10, 10)
FEW = 60  # pages of memory; a piece that is taken and given back TIMES often is at least as many


def _faults(work: Callable[[], None]) -> int:
    before = getrusage(RUSAGE_SELF).ru_minflt
    work()
    return getrusage(RUSAGE_SELF).ru_minflt - before


def _call() -> None:
    a = b = c = d = e = f = g = h = None
    assert (a, b, c, d, e, f, g, h) == (None,) * 8


def _at_depth(depth: int) -> None:
    if depth:
        _at_depth(depth - 1)
        return
    for _ in range(TIMES):
        _call()


def _at_all_depths() -> None:
    for depth in range(DEPTHS):
        _at_depth(depth)


def test_calls_below_a_request_take_no_memory_anew() -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        found.append(_faults(_at_all_depths))
        return HttpResponse()

    found: list[int] = []
    if _faults(_at_all_depths) < TIMES:
        pytest.skip("This Python keeps its frames in another way.")
    RoomForCalls(answer)(HttpRequest())
    assert found[0] < FEW


def test_all_that_answers_stands_in_that_room() -> None:
    assert settings.MIDDLEWARE[0] == "baton.config.room.RoomForCalls"


def test_dead_objects_are_looked_for_seldom_while_pages_are_drawn() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(*OF_PYTHON)
        settle()
        assert gc.get_threshold()[0] > 10 * OF_PYTHON[0]
        assert gc.get_freeze_count() > 0
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
