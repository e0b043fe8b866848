import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DataError

from baton.marketing.capture import spool, tasks
from baton.marketing.capture.actions import take_hits
from baton.marketing.capture.models import Hit, Visit
from baton.marketing.capture.rules.visits import read_seen
from baton.marketing.capture.tests.factories import a_hit


@pytest.fixture(autouse=True)
def root(tmp_path, settings):
    settings.SPOOL_ROOT = tmp_path / "spool"
    yield tmp_path / "spool"
    spool.close()


def names(root: Path) -> list[str]:
    return sorted(path.suffix for path in root.iterdir())


def test_line_lies_on_the_disk_when_append_returns(root):
    hit = a_hit(uuid4())

    spool.append(hit.plain())

    [path] = root.glob("*.jsonl")
    assert list(spool.lines_in(path, read_seen)) == [hit]


@pytest.mark.django_db
def test_drained_hits_are_in_visits_and_the_file_is_gone(root):
    visitor = uuid4()
    for minute in range(3):
        spool.append(a_hit(visitor, minute=minute).plain())

    tasks.drain_spool.call()

    assert Visit.objects.get().hit_count == 3
    assert list(root.iterdir()) == []


@pytest.mark.django_db
def test_writer_begins_a_new_file_when_its_own_was_taken():
    visitor = uuid4()
    spool.append(a_hit(visitor).plain())
    tasks.drain_spool.call()

    spool.append(a_hit(visitor, minute=1).plain())
    tasks.drain_spool.call()

    assert Hit.objects.count() == 2


@pytest.mark.django_db
def test_file_left_by_a_killed_reader_is_read_again_and_counts_once(root):
    hits = [a_hit(uuid4()) for _ in range(3)]
    for hit in hits:
        spool.append(hit.plain())
    [taken] = spool.take_files()
    take_hits(hits=hits[:2])  # and there the reader died

    tasks.drain_spool.call()

    assert Hit.objects.count() == 3
    assert not taken.exists()


@pytest.mark.django_db
def test_file_that_another_reader_holds_is_left_to_it(root):
    spool.append(a_hit(uuid4()).plain())
    [taken] = spool.take_files()

    with spool.locked(taken) as is_ours:
        tasks.drain_spool.call()

    assert is_ours
    assert taken.exists()
    assert not Hit.objects.exists()


@pytest.mark.django_db
def test_torn_line_is_kept_aside_and_named(root, caplog):
    whole = a_hit(uuid4())
    spool.append(whole.plain())
    [path] = root.glob("*.jsonl")
    with path.open("ab") as file:
        file.write(b'{"id": "01890')
    spool.close()

    tasks.drain_spool.call()

    [torn] = spool.torn_files()
    assert (root / torn).read_bytes() == b'{"id": "01890\n'
    assert torn in caplog.text
    assert list(Hit.objects.values_list("spool_id", flat=True)) == [whole.id]


@pytest.mark.django_db
def test_strange_line_is_kept_aside(root):
    spool.append({"id": "not a hit"})

    tasks.drain_spool.call()

    assert len(spool.torn_files()) == 1
    assert names(root) == [".torn"]


@pytest.mark.django_db
def test_line_that_the_database_refuses_stops_no_other(root, monkeypatch):
    hits = [a_hit(uuid4(), minute=minute) for minute in range(5)]
    for hit in hits:
        spool.append(hit.plain())

    def refuse_one(*, hits):
        if bad in hits:
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        return take_hits(hits=hits)

    bad = hits[3]
    monkeypatch.setattr("baton.marketing.capture.actions.take_hits", refuse_one)
    tasks.drain_spool.call()

    [torn] = spool.torn_files()
    assert read_seen(json.loads((root / torn).read_bytes())) == bad
    assert names(root) == [".torn"]
    assert Hit.objects.count() == 4


@pytest.mark.django_db
def test_hit_with_a_nul_in_it_is_drained_or_kept_aside_with_the_rest_in(root):
    visitor = uuid4()
    spool.append(a_hit(visitor, title="a\0b").plain())
    spool.append(a_hit(visitor, minute=1).plain())

    tasks.drain_spool.call()

    assert Hit.objects.count() + len(spool.torn_files()) == 2  # SQLite takes a NUL


def test_full_disk_refuses_the_line_and_keeps_no_half_of_it(monkeypatch, root):
    spool.append(a_hit(uuid4()).plain())
    [path] = root.glob("*.jsonl")
    before = path.read_bytes()
    write = os.write

    def half(handle: int, raw: bytes) -> int:
        write(handle, raw[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(spool.SpoolFull):
        spool.append(a_hit(uuid4()).plain())
    monkeypatch.undo()

    assert path.read_bytes() == before


def test_spool_that_nobody_reads_takes_no_more(monkeypatch, root):
    spool.append(a_hit(uuid4()).plain())
    monkeypatch.setattr(spool, "MOST", 100)
    list(spool.take_files())  # the writer must open another

    with pytest.raises(spool.SpoolFull):
        spool.append(a_hit(uuid4()).plain())


def test_waiting_hits_of_one_visitor_are_found(root):
    mine, other = uuid4(), uuid4()
    spool.append(a_hit(mine).plain())
    list(spool.take_files())
    spool.append(a_hit(other).plain())
    spool.append(a_hit(mine, minute=1, title=str(other)).plain())

    hits = spool.waiting_of(str(mine), read_seen)

    assert [hit.visitor for hit in hits] == [mine, mine]


WRITER = """
import os, sys
from datetime import UTC, datetime
from threading import Thread
from uuid import uuid4
import django
from django.conf import settings
settings.configure(SPOOL_ROOT=sys.argv[1])  # all of Baton would take longer than the test
django.setup()
from baton.core.keys import new_key
from baton.marketing.capture import spool
from baton.marketing.capture.rules import Seen, Source

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)

def write():
    while True:
        hit = Seen(id=new_key(), visitor=uuid4(), at=AT, path="/p/guide/", title="Guide",
                   source=Source(channel="direct"), consented_at=AT)
        spool.append(hit.plain())
        os.write(1, f"{hit.id}\\n".encode())  # the answer: from here on it is promised

for _ in range(4):
    Thread(target=write, daemon=True).start()
Thread(target=write).run()
"""


@pytest.mark.django_db
def test_killed_writer_loses_no_answered_hit(root):
    """A real process with four threads, killed in the middle: slow by what it proves."""
    answered: list[str] = []
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            answered += [writer.stdout.readline().strip() for _ in range(100)]
            tasks.drain_spool.call()  # while it writes
            writer.send_signal(signal.SIGKILL)
            answered += [line.strip() for line in writer.stdout if line.endswith("\n")]

    tasks.drain_spool.call()
    tasks.drain_spool.call()

    kept = {str(spool_id) for spool_id in Hit.objects.values_list("spool_id", flat=True)}
    assert len(answered) >= 300
    assert set(answered) - kept == set()
    assert Hit.objects.count() == sum(Visit.objects.values_list("hit_count", flat=True))
