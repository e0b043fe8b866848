"""A command in a process of its own does not look for dead objects among all that was read."""

import gc

import pytest

from baton.config import cli


@pytest.fixture
def told(monkeypatch):
    """What the command found, and how the collector is put back for the other tests."""
    found, threshold = [], gc.get_threshold()
    monkeypatch.setattr(cli, "run", lambda: found.append(gc.get_threshold()))
    yield found
    gc.set_threshold(*threshold)


def test_collector_is_seldom_in_a_command_and_rests_at_its_end(told, monkeypatch):
    ends = []
    monkeypatch.setattr(gc, "freeze", lambda: ends.append(len(told)))

    cli.main()

    assert (told, ends) == ([cli.SELDOM], [1])
