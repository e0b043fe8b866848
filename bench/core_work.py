"""Does the measuring for ``bench.core``: one JSON line for each figure."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- needs the set-up
from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from baton.core.facts import publish, publish_many  # noqa: E402
from baton.core.facts.delivery import deliver  # noqa: E402
from baton.core.facts.models import Cursor  # noqa: E402
from baton.core.facts.numbering import number_facts, seat_subscribers  # noqa: E402
from baton.core.facts.subscribers import Subscriber  # noqa: E402
from baton.core.facts.subscribers import subscribers as registered  # noqa: E402
from baton.core.jobs import queue, running  # noqa: E402
from baton.core.jobs.models import Job  # noqa: E402
from tests.lab import tasks  # noqa: E402
from tests.lab.events import Measured, Stepped  # noqa: E402
from tests.lab.models import Effect, Subject  # noqa: E402

AT = datetime(2026, 3, 1, tzinfo=UTC)
SECOND = 1000  # milliseconds
Figure = tuple[str, float, str]


def rate(what: str, *, count: int, work: Callable[[], object]) -> Figure:
    started = time.perf_counter()
    work()
    return what, count / (time.perf_counter() - started), "/s"


def cost(what: str, *, work: Callable[[int], object], count: int = 500) -> Figure:
    """Beside one update, which a business transaction would hold at least."""
    started = time.perf_counter()
    for number in range(count):
        with transaction.atomic():
            Subject.objects.filter(pk=1).update(steps=number)
            work(number)
    return what, (time.perf_counter() - started) / count * SECOND, "ms"


def step(number: int) -> Stepped:
    return Stepped(happened_at=AT, person_id=1, subject=1, step=number)


def publishing() -> Iterator[Figure]:
    yield cost("transaction of one update", work=lambda number: None)
    yield cost("... that publishes 1 fact", work=lambda number: publish(step(number)))
    yield cost(
        "... that publishes 10 facts", work=lambda n: publish_many(map(step, range(10))), count=200
    )
    yield cost("... that enqueues 1 job", work=lambda number: tasks.nothing.enqueue())
    yield cost("... that enqueues 1 single job", work=lambda n: tasks.ring.enqueue(number=n))
    Job.objects.all().delete()


def delivering() -> Iterator[Figure]:
    count = 10_000
    while number_facts() != number_facts():
        pass
    start = number_facts()

    def publish_all() -> None:
        for first in range(0, count, 1000):
            with transaction.atomic():
                publish_many(map(step, range(first, first + 1000)))

    def number_all() -> None:
        while number_facts() < start + count:
            pass

    yield rate("publish_many, 1000 in a transaction", count=count, work=publish_all)
    yield rate("numbering", count=count, work=number_all)
    yield delivery("to @on_batch", "note_steps", start=start, count=count)
    yield delivery("to @on", "note_step", start=start, count=count)
    yield delivery("to @on(each_alone)", "decide", start=start + count - 1000, count=1000)


def delivery(what: str, name: str, *, start: int, count: int) -> Figure:
    subscriber = registered[f"tests.lab.subscribers.{name}"]
    Cursor.objects.filter(name=subscriber.name).update(position=start, batch=500)
    work = partial(drain, subscriber, end=start + count)
    return rate(f"deliver {what}, one row each", count=count, work=work)


def drain(subscriber: Subscriber, *, end: int) -> None:
    while deliver(subscriber, end=end):
        pass


def jobs() -> Iterator[Figure]:
    count = 1000
    for number in range(count):
        tasks.atomic_row.enqueue(number=number)

    def claim() -> Job | None:
        return queue.claim(owner="me", queues=["default"])

    def run_all() -> None:
        job = claim()
        while job:
            job = running.run(job, claim)

    yield rate("jobs of one row each, atomic, in this process", count=count, work=run_all)
    Cursor.objects.update(position=number_facts())
    for number in (1, 2):
        yield no_ops(number, count=3000)


def no_ops(number: int, *, count: int) -> Figure:
    Job.objects.all().delete()
    with transaction.atomic():
        for _ in range(count):
            tasks.nothing.enqueue()
    left = Job.objects.filter(finished_at=None)
    with workers(number, threads=1):
        while left.count() > count - 300:  # they are all up
            time.sleep(0.005)
        begun, started = left.count(), time.perf_counter()
        while left.exists():
            time.sleep(0.02)
        took = time.perf_counter() - started
    return f"jobs, no-op, {number} workers of 1 thread", begun / took, "/s"


def latency() -> Iterator[Figure]:
    with workers(1):
        for number in range(100):
            with transaction.atomic():
                publish(Measured(happened_at=timezone.now(), value=number))
            time.sleep(0.03 + number % 7 * 0.013)
            tasks.add.enqueue(a=1, b=2)
            time.sleep(0.03 + number % 5 * 0.013)
        time.sleep(0.5)
    waits = [effect.step / SECOND for effect in Effect.objects.filter(by="latency")]
    yield from quantiles("publish to handled", waits)
    jobs = Job.objects.filter(task=tasks.add.module_path).exclude(started_at=None)
    waited = jobs.values_list(F("started_at") - F("enqueued_at"), flat=True)
    yield from quantiles("enqueue to start", [wait.total_seconds() * SECOND for wait in waited])


def beside() -> Iterator[Figure]:
    """A web-like writer at 200 transactions a second, alone and beside a worker."""
    yield from web("web writes")
    for first in range(0, 20_000, 1000):
        with transaction.atomic():
            publish_many(map(step, range(first, first + 1000)))
    while number_facts() != number_facts():
        pass
    Cursor.objects.filter(name__contains="note_step").update(position=0)  # a replay of all
    with workers(1):
        yield from web("web writes while a replay runs")
    with transaction.atomic():
        for _ in range(8000):
            tasks.nothing.enqueue()
    with workers(1):
        yield from web("web writes beside a flood of jobs")


def web(what: str, *, seconds: int = 5) -> Iterator[Figure]:
    waits, started = [], time.perf_counter()
    for number in range(seconds * 200):
        time.sleep(max(0.0, started + number / 200 - time.perf_counter()))
        begun = time.perf_counter()
        with transaction.atomic():
            Effect.objects.create(by="noise", subject=0, step=0)
            publish(Measured(happened_at=AT, value=0))
        waits.append((time.perf_counter() - begun) * SECOND)
    yield f"{what}, of 200 asked for", len(waits) / (time.perf_counter() - started), "/s"
    yield from quantiles(what, waits)
    yield f"{what}, worst", max(waits), "ms"


def quantiles(what: str, waits: Sequence[float]) -> Iterator[Figure]:
    cuts = statistics.quantiles(waits, n=100)
    for cut in (50, 95, 99):
        yield f"{what} p{cut}", cuts[cut - 1], "ms"


@contextmanager
def workers(number: int, *, threads: int = 2) -> Iterator[None]:
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


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    Subject.objects.create()
    seat_subscribers()


if __name__ == "__main__":
    prepare()
    for measure in (publishing, delivering, jobs, latency, beside):
        if measure.__name__ in sys.argv[1:] or len(sys.argv) == 1:
            for figure in measure():
                sys.stdout.write(json.dumps(figure) + "\n")
                sys.stdout.flush()
