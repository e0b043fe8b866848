"""What people do all day, in a company of 100,000 people, or of a million: median and the slowest
of twenty, each beside its statements sent bare.

In this process through WSGI (Django's test client): all that the server does, without the network.
BENCH_HOME names the folder of a demo on SQLite that is there already; what is made stays in it.
"""

import json
import os
import re
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from baton.config.room import settle
from baton.core.access.actions import create_api_key
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.demo.sessions import BACKEND
from baton.insight.analytics import queries
from baton.insight.analytics.queries import PipelineQuestion, Question
from baton.marketing.campaigns.models import Campaign
from baton.operations.exchange.actions import import_files
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.records.people.models import Company, Person
from baton.sales.deals.models import Deal
from bench.figures import SECOND, Figure, recorded, seconds, send, took
from bench.files import olist_like
from bench.filling import fill

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
TIMES = 20
SLOW = 95  # per cent
RECIPES = Path(__file__).parents[1] / "examples" / "recipes"
LISTS = {
    "list: people by latest touch": "/people/",
    "list: people by score": "/people/?sort=-score",
    "list: people by name": "/people/?sort=name",
    "list: companies": "/people/companies/",
    "list: deals as a table": "/deals/?as=table",
    "list: campaigns": "/campaigns/",
    "list: tasks": "/timeline/tasks/",
}
FILTERED = {
    "people": "/people/?",
    "people by name": "/people/?sort=name&",
    "companies": "/people/companies/?",
    "deals": "/deals/?as=table&",
}
FILTERS = {
    "list: people of a stage, by score": '[1,["stage","is","mql"]]',
    "list: people with a score above 99": '[1,["score",">",99]]',
}
NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')
# Of the names in ``filling``: short and common, whole and rare, two at once, nobody.
TYPED = ("an", "ber", "corda", "e", "falk+ist", "gar", "hol", "imke", "jens+corda", "xyloph")


def prepare() -> None:
    if "BENCH_HOME" not in os.environ:
        call_command("migrate", run_syncdb=True, verbosity=0)
        fill(PEOPLE)
    settle()  # as the server does


def lists() -> Iterator[Figure]:
    """The first page of 25 and, by key, those after it."""
    client = _client()
    for what, address in LISTS.items():
        yield from _asked(what, client, _pages(client, address))
    for what, address in FILTERED.items():
        words = [f"{address}q={word}" for word in TYPED]
        yield from _asked(f"list: {what}, quick filter", client, words * 2)
    for what, conditions in FILTERS.items():
        address = f"/people/?{urlencode({'sort': '-score', 'filter': conditions})}"
        yield from _asked(what, client, [address] * TIMES)


def records() -> Iterator[Figure]:
    client = _client()
    people = Person.objects.order_by("pk")[100 : 100 + TIMES]
    yield from _asked("record: a person", client, [one.get_absolute_url() for one in people])
    firms = Company.objects.order_by("pk")[100 : 100 + TIMES]
    yield from _asked("record: a company", client, [one.get_absolute_url() for one in firms])
    deals = Deal.objects.order_by("pk")[100 : 100 + TIMES]
    yield from _asked("record: a deal", client, [one.get_absolute_url() for one in deals])
    efforts = Campaign.objects.order_by("pk")[:TIMES]
    yield from _asked("record: a campaign", client, [one.get_absolute_url() for one in efforts])


def home() -> Iterator[Figure]:
    """As a manager's day begins."""
    yield from _asked("home", _client(), ["/"] * TIMES)


def board() -> Iterator[Figure]:
    yield from _asked("board of 5,000 deals", _client(), ["/deals/?as=board"] * TIMES)


def palette() -> Iterator[Figure]:
    client = _client(HTTP_HX_REQUEST="true")
    yield from _asked("palette: nothing typed", client, ["/palette/"] * TIMES)
    typed = [f"/palette/?q={word}" for word in TYPED]
    yield from _asked("palette: some letters", client, typed * 2)


def summaries() -> Iterator[Figure]:
    quarter: dict[str, Any] = {"from_on": date(2025, 4, 1), "to_on": date(2025, 6, 30)}
    for by in ("source", "campaign"):
        question = Question(by=by)
        yield took(f"closed loop by {by}", partial(queries.closed_loop, question))
    yield took("closed loop, a quarter", partial(queries.closed_loop, Question(**quarter)))
    yield took("pipeline by rep", partial(queries.pipeline, PipelineQuestion(by="rep")))


def creating() -> Iterator[Figure]:
    """A person by the API, each another one; bare are its statements, taken back again."""
    _row, secret = create_api_key(user=_head(), name="bench")
    client = Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}")

    def create(number: int) -> None:
        body = {"full_name": f"Nobody {number}", "emails": [f"nobody{number}@fenn.example"]}
        sent = client.post(
            "/api/v1/people/",
            json.dumps(body),
            content_type="application/json",
            HTTP_IDEMPOTENCY_KEY=f"bench-{number}",
        )
        assert sent.status_code == 201, sent.content

    def alone(number: int) -> float:
        """What is written refers to ids: they come again, or are looked at by a commit only."""
        with _taken_back(), recorded() as statements:
            create(number)
        with _taken_back():
            return seconds(lambda: send(statements)) * SECOND

    create(0)
    numbers = range(1, TIMES + 1)
    bare = [alone(number) for number in numbers]
    waits = [seconds(partial(create, number)) * SECOND for number in numbers]
    what = "API: a person created"
    yield Figure(f"{what}, median", statistics.median(waits), "ms", statistics.median(bare))
    yield Figure(f"{what}, slowest 5 %", _slow(waits), "ms", _slow(bare))


def importing() -> Iterator[Figure]:
    """8,000 leads into what is there already."""
    with tempfile.TemporaryDirectory() as folder:
        paths = olist_like(Path(folder))
        recipe = read_recipe(RECIPES / "olist.toml")
        work = partial(import_files, paths=paths, recipe=recipe, at=timezone.now())
        yield Figure("import of 8,842 lines beside them", seconds(work), "s")


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _head() -> User:
    """The demo has none: there it is who owns it all."""
    heads = User.objects.filter(role__in=(Role.HEAD_OF_SALES, Role.OWNER), is_active=True)
    return heads.filter(email__isnull=False).order_by("pk")[:1].get()


def _client(**more: str) -> Client:
    client = Client(SERVER_NAME="localhost", **more)  # type: ignore[arg-type] # headers
    client.force_login(_head(), backend=BACKEND)
    return client


def _pages(client: Client, address: str) -> list[str]:
    """Those that one comes to by pressing Next; of few rows from the first one again."""
    found, following = [], address
    for _ in range(TIMES):
        found.append(following)
        link = NEXT.search(client.get(following).content.decode())
        following = address.partition("?")[0] + unescape(link[1]) if link else address
    return found


def _asked(what: str, client: Client, addresses: Iterable[str]) -> Iterator[Figure]:
    addresses = list(addresses)
    both = [_beside(partial(_get, client, address)) for address in addresses]
    ours, bare = ([pair[place] for pair in both] for place in (0, 1))
    yield Figure(f"{what}, median", statistics.median(ours), "ms", statistics.median(bare))
    yield Figure(f"{what}, slowest 5 %", _slow(ours), "ms", _slow(bare))


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, address


def _beside(work: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of the work, and of its statements alone."""
    with recorded() as statements:
        work()  # which also warms it up
    return seconds(work) * SECOND, seconds(lambda: send(statements)) * SECOND


def _slow(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=100)[SLOW - 1]


MEASURES = (lists, records, home, board, palette, summaries, creating, importing)
