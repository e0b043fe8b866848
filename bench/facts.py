"""Facts and jobs, in the small module of ``tests/lab``."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from baton.core.facts import publish, publish_many
from baton.core.facts.delivery import deliver
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.numbering import number_facts, seat_subscribers
from baton.core.facts.subscribers import Subscriber
from baton.core.facts.subscribers import subscribers as registered
from baton.core.jobs import queue, running
from baton.core.jobs.models import Job
from bench.figures import SECOND, Figure, plain_cursor, put_back, quantile, rate, rows_in, seconds
from tests.lab import tasks
from tests.lab.events import Measured, Stepped
from tests.lab.models import Effect, Subject

AT = datetime(2026, 3, 1, tzinfo=UTC)
UPDATE = "UPDATE lab_subject SET steps = steps + 1 WHERE id = 1"
NOISE = "INSERT INTO lab_effect (by, subject, step) VALUES ('noise', 0, 0)"
FACTS, JOBS = FactRecord._meta.db_table, Job._meta.db_table


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    Subject.objects.create()
    seat_subscribers()


def publishing() -> Iterator[Figure]:
    """A business transaction of one update, and what it costs to say so."""
    plain = _bare_transaction()
    yield _cost("transaction of one update", work=lambda number: None, bare=plain)
    for count, times in ((1, 500), (10, 200)):
        _forget()
        figure = _cost(
            f"... that publishes {count} fact{'s' if count > 1 else ''}",
            work=lambda number, count=count: publish_many(map(_step, range(count))),  # type: ignore[misc] # mypy cannot infer defaults of a lambda
            count=times,
        )
        told = put_back(rows_in(FACTS), at_once=count) / times * SECOND
        yield Figure(figure.what, figure.value, figure.unit, plain + told)
    figure = _cost("... that enqueues 1 job", work=lambda number: tasks.nothing.enqueue())
    put = put_back(rows_in(JOBS), at_once=1) / 500 * SECOND
    yield Figure(figure.what, figure.value, figure.unit, plain + put)


def delivering() -> Iterator[Figure]:
    """Facts from publishing to the subscribers, each of which writes a row for each."""
    _forget()
    count, start = 5_000, number_facts()

    def publish_all() -> None:
        for first in range(0, count, 1000):
            with transaction.atomic():
                publish_many(map(_step, range(first, first + 1000)))

    figure = rate("publish_many, 1000 in a transaction", count=count, work=publish_all)
    put = put_back(rows_in(FACTS), at_once=1000)
    yield Figure(figure.what, figure.value, figure.unit, count / put)
    yield rate("numbering", count=count, work=lambda: _number_until(start + count))
    for name, facts in (("note_steps", count), ("note_step", count), ("decide", 1000)):
        yield _delivery(name, start=start + count - facts, count=facts)


def jobs() -> Iterator[Figure]:
    """Jobs without work, by workers as processes; and with a row each, in this one."""
    count = 500
    for number in range(count):
        tasks.atomic_row.enqueue(number=number)

    def claim() -> Job | None:
        return queue.claim(owner="me", queues=["default"])

    def run_all() -> None:
        job = claim()
        while job:
            job = running.run(job, claim)

    bare = _bare_jobs(count)
    what = "jobs of one row each, atomic, in this process"
    yield rate(what, count=count, work=run_all, bare=bare)
    Cursor.objects.update(position=number_facts())
    for workers in (1, 2):
        done = _no_ops(workers, count=1000)
        yield Figure(f"jobs, no-op, {workers} workers of 1 thread", done, "/s", count / bare)


def latency() -> Iterator[Figure]:
    """From the commit to the handler's first line."""
    with _workers(1):
        for number in range(60):
            with transaction.atomic():
                publish(Measured(happened_at=timezone.now(), value=number))
            time.sleep(0.03 + number % 7 * 0.013)
            tasks.add.enqueue(a=1, b=2)
            time.sleep(0.03 + number % 5 * 0.013)
        time.sleep(0.5)
    waits = [effect.step / SECOND for effect in Effect.objects.filter(by="latency")]
    yield from _quantiles("publish to handled", waits)
    done = Job.objects.filter(task=tasks.add.module_path).exclude(started_at=None)
    waited = done.values_list(F("started_at") - F("enqueued_at"), flat=True)
    yield from _quantiles("enqueue to start", [wait.total_seconds() * SECOND for wait in waited])


def beside() -> Iterator[Figure]:
    """A web-like writer at 200 transactions a second, alone and beside a busy worker."""
    with plain_cursor() as cursor:
        bare = _paced(lambda: cursor.execute(NOISE))
    yield from _web("web writes", bare)
    for first in range(0, 10_000, 1000):
        with transaction.atomic():
            publish_many(map(_step, range(first, first + 1000)))
    while number_facts() != number_facts():
        pass
    Cursor.objects.filter(name__contains="note_step").update(position=0)  # a replay of all
    with _workers(1):
        yield from _web("web writes while a replay runs", bare)
    with transaction.atomic():
        for _ in range(2000):
            tasks.nothing.enqueue()
    with _workers(1):
        yield from _web("web writes beside a flood of jobs", bare)


def _cost(
    what: str, *, work: Callable[[int], object], count: int = 500, bare: float | None = None
) -> Figure:
    """Milliseconds of a transaction with one update and the work."""

    def run() -> None:
        for number in range(count):
            with transaction.atomic():
                Subject.objects.filter(pk=1).update(steps=number)
                work(number)

    return Figure(what, seconds(run) / count * SECOND, "ms", bare)


def _bare_transaction(count: int = 500) -> float:
    with plain_cursor() as cursor:
        return seconds(lambda: [cursor.execute(UPDATE) for _ in range(count)]) / count * SECOND


def _bare_jobs(count: int) -> float:
    """Seconds for as many transactions of two updates: a claim, and a mark that it is done."""
    with plain_cursor() as cursor:

        def run() -> None:
            for _ in range(count):
                cursor.execute("BEGIN")
                cursor.execute(UPDATE)
                cursor.execute(UPDATE)
                cursor.execute("COMMIT")

        return seconds(run)


def _step(number: int) -> Stepped:
    return Stepped(happened_at=AT, person_id=1, subject=1, step=number)


def _forget() -> None:
    FactRecord.objects.all().delete()
    Job.objects.all().delete()


def _number_until(end: int) -> None:
    while number_facts() < end:
        pass


def _delivery(name: str, *, start: int, count: int) -> Figure:
    subscriber = registered[f"tests.lab.subscribers.{name}"]
    Effect.objects.all().delete()
    Cursor.objects.filter(name=subscriber.name).update(position=start, batch=500)
    work = partial(_drain, subscriber, end=start + count)
    figure = rate(f"delivery to {name}, a row for each fact", count=count, work=work)
    put = put_back(rows_in(Effect._meta.db_table), at_once=1 if subscriber.each_alone else 500)
    return Figure(figure.what, figure.value, figure.unit, count / put)


def _drain(subscriber: Subscriber, *, end: int) -> None:
    while deliver(subscriber, end=end):
        pass


def _no_ops(number: int, *, count: int) -> float:
    """Jobs a second, counted once all workers are up."""
    Job.objects.all().delete()
    with transaction.atomic():
        for _ in range(count):
            tasks.nothing.enqueue()
    left = Job.objects.filter(finished_at=None)
    with _workers(number, threads=1):
        while left.count() > count - 300:
            time.sleep(0.005)
        begun, started = left.count(), time.perf_counter()
        while left.exists():
            time.sleep(0.02)
        return begun / (time.perf_counter() - started)


def _web(what: str, bare: Sequence[float]) -> Iterator[Figure]:
    def write() -> None:
        with transaction.atomic():
            Effect.objects.create(by="noise", subject=0, step=0)
            publish(Measured(happened_at=AT, value=0))

    waits = _paced(write)
    for percent in (50, 99):
        value, plain = quantile(waits, percent=percent), quantile(bare, percent=percent)
        yield Figure(f"{what}, p{percent}", value, "ms", plain)


def _paced(write: Callable[[], object], *, times: int = 500) -> list[float]:
    """Milliseconds that each of 200 writes a second takes."""
    waits, started = [], time.perf_counter()
    for number in range(times):
        time.sleep(max(0.0, started + number / 200 - time.perf_counter()))
        waits.append(seconds(write) * SECOND)
    return waits


def _quantiles(what: str, waits: Sequence[float]) -> Iterator[Figure]:
    for percent in (50, 95):
        yield Figure(f"{what}, p{percent}", quantile(waits, percent=percent), "ms")


@contextmanager
def _workers(number: int, *, threads: int = 2) -> Iterator[None]:
    """Real ones, there when the block begins."""
    command = [sys.executable, "-m", "django", "worker", "--threads", str(threads)]
    crowd = [subprocess.Popen(command) for _ in range(number)]
    time.sleep(1)
    try:
        yield
    finally:
        for worker in crowd:
            worker.terminate()
        for worker in crowd:
            worker.wait(30)


MEASURES = (publishing, delivering, jobs, latency, beside)
