"""Every page that links lead to, as its owner, a rep and a marketer find it, in the demo's company
grown to BENCH_PEOPLE (100,000; a million with the word ``million``).

A page is one screen with one way of being asked: a list by each of its columns, with each of its
choices, the records and reports behind it. BENCH_HOME names the folder of a demo on SQLite that is
there already, so that it is not told anew.
"""

import os
import re
import statistics
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from baton.core.access.models import User
from baton.core.demo import actions
from baton.core.demo.sessions import BACKEND
from baton.core.sqlite.weights import weigh
from baton.insight.lake.actions import bring_up_to_date
from bench.figures import SECOND, Figure, quantile, recorded, seconds, send
from bench.multiplying import multiply

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
TOLD = 4000  # people of the year that is told; the others are like them
SEEN_AS = {"owner": "olga", "rep": "teo", "marketer": "mara"}
EACH, MOST = 2, 500  # addresses of a page, and pages of a role
SLOWEST = 10  # pages that are named
LINK = re.compile(r'(?:href|hx-get)="([^"#]*)"')
KEY = re.compile(r"[0-9a-f-]{36}")
# Of the question in an address these tell pages apart, of the others only that they are asked.
TELLING = {"sort", "by", "as", "view", "basis", "unit", "q"}
ASKED = (
    "/",
    *(f"/palette/?q={words}" for words in ("a", "an", "kell", "an+ber", "0171", "mulr")),
    *(f"/people/?q={words}" for words in ("a", "an", "kell", "an+ber", "xyloph")),
)
APART = re.compile(r"/(static|p|meet|ask|demo|sign-out|theme|worker\.js|manifest)\b")


def prepare() -> None:
    if "BENCH_HOME" in os.environ:
        return
    call_command("migrate", run_syncdb=True, verbosity=0)
    told = min(PEOPLE, TOLD)
    actions.tell_year(at=timezone.now(), people=told, hearing=actions.heard_along)
    actions.catch_up()
    multiply(PEOPLE // told)
    if connection.vendor == "sqlite":
        weigh()
    bring_up_to_date(now=timezone.now)


def pages() -> Iterator[Figure]:
    for role, name in SEEN_AS.items():
        user = User.objects.get(email__startswith=f"{name}@", is_active=True)
        found = sorted(_walked(user), key=lambda page: -page.took)
        waits, bare = ([getattr(page, name) for page in found] for name in ("took", "bare"))
        what = f"{len(found)} pages as {role}"
        yield Figure(f"{what}, median", statistics.median(waits), "ms", statistics.median(bare))
        slow = (quantile(each, percent=95) for each in (waits, bare))
        yield Figure(f"{what}, slowest 5 %", next(slow), "ms", next(slow))
        for page in found[:SLOWEST]:
            yield Figure(f"... {page.address[:54]}", page.took, "ms", page.bare)


@dataclass(frozen=True)
class Walked:
    """Milliseconds of a page that was opened before, and of its statements alone."""

    address: str
    took: float
    bare: float


def _walked(user: User) -> Iterator[Walked]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=BACKEND)
    ahead, known, times = deque(ASKED), set(ASKED), Counter[str]()
    while ahead and len(times) < MOST:
        address = ahead.popleft()
        page = page_of(address)
        times[page] += 1
        if not page or times[page] > EACH:
            continue
        with recorded() as statements:
            answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code != 200 or answer.streaming:
            continue
        took = seconds(partial(client.get, address)) * SECOND
        yield Walked(address, took, seconds(partial(send, statements)) * SECOND)
        for link in LINK.findall(answer.content.decode(errors="replace")):
            following = urljoin(address, unescape(link))
            if following.startswith("/") and not APART.match(following) and following not in known:
                known.add(following)
                ahead.append(following)


def page_of(address: str) -> str:
    """What an address has in common with others of its kind; empty of what leads elsewhere."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return ""
    named = [str(one) for one in found.kwargs.values() if not KEY.fullmatch(str(one))]
    asked = [
        f"{name}={value}" if name in TELLING else name for name, value in parse_qsl(parts.query)
    ]
    return " ".join([found.view_name, *named, *sorted(asked)])


MEASURES = (pages,)
