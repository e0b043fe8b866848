"""The next portion is made while the database writes the one before: Python lets another thread
work while it waits for a statement, and where there are two processors that takes no time.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from threading import Event
from typing import Any, TypeVar

from django.db import connection

LONG = "INSERT"  # how statements begin that are worth it
Item = TypeVar("Item")


@contextmanager
def portions_ahead(items: Iterable[Item], size: int) -> Iterator[Iterator[list[Item]]]:
    """The items in portions, in their order. ``items`` may not ask the database: all but the first
    are made in a thread of their own, which leaves this one alone but for long statements."""
    is_free = Event()
    is_free.set()
    rest = _when_free(items, is_free)
    with ThreadPoolExecutor(1) as pool, connection.execute_wrapper(_freeing(is_free)):
        try:
            yield _portions(lambda: list(islice(rest, size)), size, pool, is_free)
        finally:
            is_free.set()  # whoever is left waiting ends


def _portions(
    make: Callable[[], list[Item]], size: int, pool: ThreadPoolExecutor, is_free: Event
) -> Iterator[list[Item]]:
    portion = make()
    while len(portion) == size:
        is_free.clear()
        following = pool.submit(make)
        yield portion
        is_free.set()
        portion = following.result()
    if portion:
        yield portion


def _when_free(items: Iterable[Item], is_free: Event) -> Iterator[Item]:
    for one in items:
        yield one
        if not is_free.is_set():
            is_free.wait()


def _freeing(is_free: Event) -> Callable[..., Any]:
    """Wraps each statement that the connection sends."""

    def send(execute: Callable[..., Any], sql: str, *asked: Any) -> Any:
        if not sql.startswith(LONG):
            return execute(sql, *asked)
        is_free.set()
        try:
            return execute(sql, *asked)
        finally:
            is_free.clear()

    return send
