from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from baton.core.facts.models import FactRecord
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.tests.factories import history, move, shown
from baton.records.people.tests.factories import a_person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="an in-memory database has one connection"
    ),
]


def together(*acts: Callable[[], bool]) -> list[bool]:
    """Run them at the same moment, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], bool]) -> bool:
        try:
            start.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_move_by_two_at_once_is_news_once():
    person = a_person()

    news = together(*[lambda: move(person, "mql")] * 4)

    assert sorted(news) == [False, False, False, True]
    assert StageChange.objects.count() == 1
    assert FactRecord.objects.filter(name="lifecycle.changed").count() == 1


def test_two_moves_at_once_make_one_chain():
    person = a_person()

    together(
        lambda: move(person, "lead"),
        lambda: move(person, "mql", day=1),
        lambda: move(person, "sql", day=2),
    )

    assert history(person) == [("", "lead", 0), ("lead", "mql", 1), ("mql", "sql", 2)]
    assert shown(person) == ("sql", 2, 0)
