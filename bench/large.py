"""What must stay quick in a large house, and how long it may take: every way in which lists are
sorted and filtered, records, boards, the palette, home of each role, reports.

Milliseconds of the processor, on PostgreSQL, which works in processes of its own, of the clock; for
pages that were opened once before: the median, the slowest of all (``worst``) and beside it what it
may be on SQLite; then how many statements the slowest sends. BENCH_HOME
names a demo that is there already; without it one is told and grown (``pages``).
"""

import json
import os
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count
from django.test import Client

from baton.config.room import settle
from baton.core.access.models import User
from baton.core.demo.sessions import BACKEND
from baton.core.facts.models import FactRecord
from baton.core.fields.models import FieldDefinition
from baton.marketing.campaigns.models import Campaign
from baton.records.people.models import Company, Person
from baton.sales.deals.models import Deal
from bench import pages
from bench.figures import SECOND, Figure, recorded

LIST, RECORD, BOARD, PALETTE, HOME, REPORT = 200, 200, 200, 100, 200, 500
TIMES = 20
AGAIN = 3  # how often an address is asked that stands alone
OVER_ONLY = bool(os.environ.get("BENCH_OVER"))  # only what misses is told
WORDS = (
    *("a", "an", "ber", "e", "kell", "an ber", "anna", "müller", "gmbh", "berlin"),
    *("0171", "mulr", "xyloph", "energy", "plant", "info@", "stein", "jens", "s", "linkedin"),
)
Addresses = Sequence[str]


@dataclass(frozen=True)
class Wait:
    """Of one page: milliseconds, and how many statements."""

    address: str
    took: float
    statements: int


def prepare() -> None:
    pages.prepare()
    settle()


def of_people() -> Iterator[Figure]:
    """The list of people by each column that sorts it, and filtered in each way."""
    for sort in ("latest_touch_at", "name", "score", "lead_at"):
        for sign in ("", "-"):
            yield from _shown(f"people by {sign}{sort}", LIST, [f"/people/?sort={sign}{sort}"])
    for what, asked in _filters().items():
        sorts = ("", "name", "-score", "-lead_at", "latest_touch_at")
        told = [f"/people/?{urlencode({**asked, 'sort': sort})}" for sort in sorts]
        yield from _shown(f"people: {what}", LIST, told)
    for view in ("mine", "handoff", "quiet"):
        yield from _shown(f"people, tab {view}", LIST, [f"/people/?view={view}"])
    yield from _shown("people I follow", LIST, ["/people/?following=1"])
    words = [f"/people/?{urlencode({'q': word})}" for word in WORDS]
    yield from _shown("people, quick filter", LIST, words)


def of_others() -> Iterator[Figure]:
    """The other lists."""
    for what, addresses in {
        "companies": _sorted("/people/companies/?", "name", "score"),
        "companies, quick filter": [f"/people/companies/?q={word}" for word in WORDS],
        "companies of a country": ["/people/companies/?" + _filter(["country", "is", "Germany"])],
        "deals as a table": _sorted("/deals/?as=table&", "name", "amount", "close_on", "stage"),
        "deals, quick filter": [f"/deals/?as=table&q={word}" for word in WORDS],
        "tasks": ["/timeline/tasks/", "/timeline/tasks/all/"],
        "leads to answer": ["/leads/", "/leads/all/", "/leads/open/"],
        "campaigns": ["/campaigns/", "/campaigns/costs/"],
        "purchases": ["/purchases/", "/purchases/subscriptions/", "/products/"],
        "customers": ["/customers/", "/customers/renewals/", "/customers/check-ins/"],
        "meetings, visits, submissions": ["/meetings/", "/traffic/visits/"],
        "pairs, routing": ["/duplicates/", "/leads/routing/decisions/", "/audit/"],
    }.items():
        yield from _shown(what, LIST, addresses)


def boards() -> Iterator[Figure]:
    yield from _shown("board of deals", BOARD, ["/deals/?as=board", "/deals/?as=board&view=mine"])
    for by in ("stage", "owner", "seniority", "persona", "source", "grade"):
        yield from _shown(f"board of people by {by}", BOARD, [f"/people/?as=board&by={by}"])
    for by in ("stage", "owner"):
        asked = f"/people/?as=board&by={by}&q="
        yield from _shown(f"... found, by {by}", BOARD, [f"{asked}{word}" for word in WORDS])
        firms = f"/people/companies/?as=board&by={by}"
        yield from _shown(f"board of companies by {by}", BOARD, [firms])
    told = ["/people/?group=stage", "/people/?group=owner", "/people/?group=stage&chart=count"]
    yield from _shown("people in groups, in a chart", BOARD, told)


def records() -> Iterator[Figure]:
    """Some of all, those of whom most is known, and the newest."""
    models: dict[str, Any] = {"person": Person, "company": Company, "deal": Deal}
    for what, model in models.items():
        last = model.objects.order_by("-pk").values_list("pk", flat=True)[0]
        some = random.Random(3).sample(range(1, last), TIMES * 2)  # noqa: S311 -- no secret
        rows = [*model.objects.filter(pk__in=some, deleted_at=None)[:TIMES]]
        yield from _shown(f"a {what}", RECORD, [row.get_absolute_url() for row in rows])
    most = FactRecord.objects.filter(position__lte=400_000, person_id__isnull=False)
    known = most.values("person_id").annotate(n=Count("pk")).order_by("-n")[:TIMES]
    full = Person.objects.filter(pk__in=[one["person_id"] for one in known])
    told = [row.get_absolute_url() for row in full]
    yield from _shown("a person of whom most is known", RECORD, told)
    held = Person.objects.values("company_id").filter(company__isnull=False)
    held = held.annotate(n=Count("pk")).order_by("-n")[:5]
    firms = Company.objects.filter(pk__in=[one["company_id"] for one in held])
    yield from _shown("a company of most people", RECORD, [row.get_absolute_url() for row in firms])
    efforts = Campaign.objects.order_by("pk")[:TIMES]
    yield from _shown("a campaign", RECORD, [row.get_absolute_url() for row in efforts])


def palette() -> Iterator[Figure]:
    told = [f"/palette/?{urlencode({'q': word})}" for word in WORDS]
    yield from _shown("palette", PALETTE, ["/palette/", *told])


def home() -> Iterator[Figure]:
    for role, name in pages.SEEN_AS.items():
        yield from _shown(f"home of {role}", HOME, ["/", "/inbox/"], name=name)


def counting() -> Iterator[Figure]:
    """How many a filter finds, as the form of a filter says."""
    told = [_filter_count(tree) for tree in _conditions().values()]
    yield from _shown("how many a filter finds", REPORT, told)


def reports() -> Iterator[Figure]:
    for address in (
        *("insight/closed-loop", "insight/pipeline", "insight/attribution", "insight/cohorts"),
        *("leads/quality", "leads/agreement", "leads/agreement/kept", "leads/clocks"),
        *("insight/journey", "insight/last-year", "insight/improvements", "insight/velocity"),
        *("insight/plans", "insight/reviews", "insight/goals", "traffic", "score"),
    ):
        yield from _shown(f"/{address}/", REPORT, [f"/{address}/"], again=1)


def _filters() -> dict[str, dict[str, str]]:
    """What the list of people is asked, by what it is called here."""
    owner = User.objects.get(email__startswith="teo@", is_active=True)
    told = {"owner": {"owner": str(owner.key)}, "nobody's": {"owner": "nobody"}}
    told |= {what: {"filter": _written(tree)} for what, tree in _conditions().items()}
    return told


def _conditions() -> dict[str, list[object]]:
    persona = Person.objects.exclude(persona="").values_list("persona", flat=True)[0]
    told: dict[str, list[object]] = {
        "stage lead": [["stage", "is", "lead"]],
        "stage mql": [["stage", "is", "mql"]],
        "not lead": [{"not": ["stage", "is", "lead"]}],
        "source": [["channel", "is", "event"]],
        "no source": [["channel", "is_empty"]],
        "country": [["country", "is", "Germany"]],
        "rare country": [["country", "is", "Norway"]],
        "not a country": [{"not": ["country", "is", "Germany"]}],
        "persona": [["persona", "is", persona]],
        "score above": [["score", ">", 60]],
        "score band": [["score", "between", [40, 50]]],
        "grade": [["grade", "is", "A1"]],
        "owner and stage": [["owner", "is_set"], ["stage", "is", "sql"]],
        "country and score": [["country", "is", "Sweden"], ["score", ">", 50]],
        "two sources": [{"any": [["channel", "is", "event"], ["channel", "is", "referral"]]}],
        "touched lately": [["latest_touch_at", "in_last_days", 7]],
        "untouched": [["latest_touch_at", "more_than_days_ago", 90]],
        "job title holds": [["job_title", "contains", "manager"]],
        "name begins": [["full_name", "starts_with", "An"]],
        "company's country": [["company_country", "is", "Germany"]],
        "industry": [["industry", "is_set"]],
        "mail domain": [["email_domain", "is", "gmail.com"]],
        "bounced": [["bounced", "is", True]],
        "no tag": [["tags", "is_empty"]],
        "any tag": [["tags", "is_set"]],
    }
    for one in FieldDefinition.objects.filter(object_type="person").order_by("pk")[:3]:
        told[f"own field {one.code}"] = [[f"custom.{one.code}", "is_set"]]
    return told


def _written(parts: Sequence[object]) -> str:
    return json.dumps([1, *parts])


def _filter(*parts: object) -> str:
    return urlencode({"filter": _written(parts)})


def _filter_count(parts: Sequence[object]) -> str:
    return "/views/filter/?" + urlencode({"list": "people", "filter": _written(parts)})


def _sorted(address: str, *sorts: str) -> list[str]:
    return [f"{address}sort={sign}{sort}" for sort in sorts for sign in ("", "-")]


def _shown(
    what: str, limit: float, addresses: Addresses, *, name: str = "olga", again: int = AGAIN
) -> Iterator[Figure]:
    client = _client(name)
    times = again if len(addresses) < TIMES else 1
    waits = [_opened(client, address, times) for address in addresses]
    slow = max(waits, key=lambda wait: wait.took)
    if OVER_ONLY and slow.took <= limit:
        return
    middle = statistics.median(wait.took for wait in waits)
    yield Figure(f"{what}, median, at most", middle, "ms", limit)
    yield Figure(f"... worst, {slow.statements} st {slow.address[-70:]}", slow.took, "ms", limit)


def _opened(client: Client, address: str, times: int) -> Wait:
    """The slowest of some times after the first one."""
    _open(client, address)
    return max((_open(client, address) for _ in range(times)), key=lambda wait: wait.took)


def _open(client: Client, address: str) -> Wait:
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    with recorded() as statements:
        began = clock()
        answer = client.get(address)
        took = clock() - began
    assert answer.status_code == 200, (address, answer.status_code)
    return Wait(address, took * SECOND, len(statements))


def _client(name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(email__startswith=f"{name}@", is_active=True), backend=BACKEND
    )
    return client


MEASURES: tuple[Callable[[], Iterator[Figure]], ...] = (
    *(of_people, of_others, boards, records, palette, home, counting, reports),
)
