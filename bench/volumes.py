"""Much at once: contacts out of a file, lists into one, people over the API, one act on ten
thousand. Beside the same rows put into the same tables by ``executemany``, and with what memory it
took. BENCH_ROWS (100,000) says how many contacts; a list is taken out at that many and a quarter.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from baton.config.room import settle
from baton.core.access.actions import create_api_key, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.changes.models import Change
from baton.core.editing import actions as editing
from baton.core.editing.matching import matching
from baton.core.editing.slots import BulkAct, bulk_acts
from baton.core.facts.models import FactRecord
from baton.operations.administration.actions import set_up
from baton.operations.exchange.actions import exporting, import_files
from baton.operations.exchange.actions.recognising import recipe_for
from baton.operations.exchange.queries import taken
from baton.operations.exchange.rules.exports import State
from baton.records.people.models import Person
from bench.figures import Figure, plain_cursor, put_back, recorded, rows_in, seconds, send
from bench.files import contacts_like
from bench.filling import add_people
from bench.memory import forget_peak, peak

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
SINGLE, SAMPLE, TICKED = 300, 20, 10_000
AT_ONCE, REQUESTS = 1000, 4  # what the route takes; how often
HOST = "fennmark.example"
ADMIN = f"ada@{HOST}"
WORD = "who can sign in may own somebody"
RECORDS = "/api/v1/people/"


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def contacts() -> Iterator[Figure]:
    """As HubSpot exports them; of twenty one is known by the address of another."""
    _empty()
    with tempfile.TemporaryDirectory() as folder:
        paths = contacts_like(Path(folder), ROWS)
        yield from _weighed(f"import of {ROWS:,} contacts", ROWS, partial(_bring_in, paths))
        again = seconds(partial(_bring_in, paths))
        yield Figure("... the same again: all unchanged", ROWS / again, "/s")


def exports() -> Iterator[Figure]:
    """People as a file, bite by bite; memory must not follow their number."""
    _people_of(ROWS // 4)
    yield from _exported(ROWS // 4)
    _people_of(ROWS)
    yield from _exported(ROWS)


def api() -> Iterator[Figure]:
    """People over the API, each with an address, one a request, and a thousand a request."""
    settle()  # as in the server
    _empty()
    client = _client()
    _create(client, 0)
    numbers = iter(range(1, SINGLE * 3))
    bare = sum(_statements_of(client, next(numbers)) for _ in range(SAMPLE)) / SAMPLE
    began = process_time()
    took = seconds(partial(_create_each, client, islice(numbers, SINGLE)))
    spent = process_time() - began
    yield Figure("API: people, one a request", SINGLE / took, "/s", 1 / bare)
    yield Figure("... for each second of a processor", SINGLE / spent, "/s")
    _empty()
    client = _client()
    work = partial(_create_many, client)
    yield from _weighed(f"API: people, {AT_ONCE:,} a request", AT_ONCE * REQUESTS, work)
    again = seconds(partial(_create_many, client, match="email", partial=True))
    what = "... the same again, known by their addresses"
    yield Figure(what, AT_ONCE * REQUESTS / again, "/s")


def acts() -> Iterator[Figure]:
    """Ten thousand people given to somebody, in bites."""
    _people_of(TICKED)
    head = _admin()
    rep = create_user(name="Rep", role=Role.REP, email=f"rep@{HOST}", password=WORD)
    act = bulk_acts.find("people.owner")
    assert act
    work = partial(_give, act, head, rep)
    began = process_time()
    took = seconds(work)
    spent = process_time() - began
    bare = _own(rep) + put_back(rows_in(Change._meta.db_table, FactRecord._meta.db_table))
    yield Figure(f"bulk update of {TICKED:,} people", took, "s", bare)
    yield Figure("... seconds of a processor", spent, "s")


def _own(rep: User) -> float:
    """Seconds that the database takes to write somebody down as the owner of all."""
    place = "%s" if connection.vendor == "postgresql" else "?"
    sql = f"UPDATE people_person SET owner_id = {place} WHERE id = {place}"  # noqa: S608 -- our own table
    pairs = [(rep.pk, pk) for pk in Person.objects.values_list("pk", flat=True)]
    with plain_cursor() as cursor:
        started = perf_counter()
        cursor.execute("BEGIN")
        cursor.executemany(sql, pairs)
        cursor.execute("COMMIT")
        return perf_counter() - started


def _give(act: BulkAct, head: User, rep: User) -> None:
    ids = list(matching(act, "", user=head))
    run = editing.start_run(
        act=act, asked="", value=str(rep.key), total=len(ids), last=ids[-1], by=head
    )
    while editing.do_bite(run_id=run.pk, at=timezone.now()):
        pass
    assert Person.objects.filter(owner=rep).count() == TICKED


def _weighed(what: str, count: int, work: Callable[[], object]) -> Iterator[Figure]:
    """Rows a second beside the bare database's, by the processor's time too, and the memory."""
    forget_peak()
    began = process_time()
    took = seconds(work)
    spent, most = process_time() - began, peak()
    tables = rows_in()
    rows = sum(len(found) for _columns, found in tables.values())
    yield Figure(f"{what}: {rows:,} rows", count / took, "/s", count / put_back(tables))
    yield Figure("... for each second of a processor", count / spent, "/s")
    yield Figure("... memory at most, in all", most, "MB")


def _exported(count: int) -> Iterator[Figure]:
    _write_file("q=nobody", 0)  # which warms it up
    forget_peak()
    took = seconds(partial(_write_file, "", count))
    yield Figure(f"export of {count:,} people with all columns", count / took, "/s")
    yield Figure("... memory at most, in all", peak(), "MB")


def _write_file(asked: str, count: int) -> None:
    of = taken("people", asked, user=_admin(), has_all_columns=True)
    assert of
    at = timezone.now()
    export = exporting.begin_export(of=of, total=count, state=State.RUNNING, at=at)
    while exporting.write_bite(export_id=export.pk, at=at):
        pass
    export.refresh_from_db()
    assert (export.state, export.done) == (State.DONE, count)
    exporting.file_of(export).unlink()


def _bring_in(paths: list[Path]) -> None:
    tally = import_files(paths=paths, recipe=recipe_for(paths), at=timezone.now())
    assert not tally.errors, tally.errors[:3]


def _statements_of(client: Client, number: int) -> float:
    """Seconds for what one request sends to the database; taken back, for it names ids."""
    with transaction.atomic(), recorded() as statements:
        _create(client, number)
        transaction.set_rollback(True)
    with transaction.atomic():
        spent = seconds(lambda: send(statements))
        transaction.set_rollback(True)
    return spent


def _create_many(client: Client, **asked: object) -> None:
    for first in range(AT_ONCE, AT_ONCE * (REQUESTS + 1), AT_ONCE):
        people = [_body(f"many{number}") for number in range(first, first + AT_ONCE)]
        key = f"bench-many-{first}{asked.get('match', '')}"
        _post(client, f"{RECORDS}many/", {"people": people, **asked}, key=key)


def _create_each(client: Client, numbers: Iterable[int]) -> None:
    for number in numbers:
        _create(client, number)


def _create(client: Client, number: int) -> None:
    _post(client, RECORDS, _body(f"nobody{number}"), key=f"bench-{number}")


def _body(word: str) -> dict[str, object]:
    return {"full_name": word.capitalize(), "emails": [f"{word}@fenn.example"]}


def _post(client: Client, address: str, body: object, *, key: str) -> None:
    text = json.dumps(body)
    headers = {"Idempotency-Key": key}
    sent = client.post(address, text, content_type="application/json", headers=headers)
    assert sent.status_code == 201, sent.content


def _client() -> Client:
    _row, secret = create_api_key(user=_admin(), name="bench")
    return Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}")


def _admin() -> User:
    return User.objects.get(email=ADMIN)


def _empty() -> None:
    call_command("flush", verbosity=0, interactive=False)
    set_up(admin_email=ADMIN, password=None, at=timezone.now())


def _people_of(count: int) -> None:
    _empty()
    add_people(count)


MEASURES = (contacts, exports, api, acts)
