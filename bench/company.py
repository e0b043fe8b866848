"""Reports and pages of a company with 20,000 people: beside the same statements sent bare."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from baton.core.access.actions import create_team, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.demo.sessions import BACKEND
from baton.core.settings.actions import set_up_organisation
from baton.insight.analytics import queries
from baton.insight.analytics.queries import Cell, PipelineQuestion, Question, people_in
from baton.insight.analytics.rules import STEPS, Basis
from baton.marketing.campaigns.models import Campaign, Cost
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.sales.deals.models import Deal, Pipeline, Stage
from bench.figures import Figure, took

PEOPLE, CHANGES = 20_000, 60_000
AT = datetime(2025, 1, 6, 9, tzinfo=UTC)
CHANNELS = ("organic_search", "paid_search", "social", "email", "referral", "direct", "event", "")
DAYS_BETWEEN = (0, 2, 1, 4, 6, 20)


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    _fill(Random(7))  # noqa: S311 -- invented people, no secrets
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def reports() -> Iterator[Figure]:
    """Each report as a screen asks for it."""
    quarter: dict[str, Any] = {"from_on": date(2025, 4, 1), "to_on": date(2025, 6, 30)}
    rep = User.objects.filter(role=Role.REP).first()
    for what, question in (
        *((f"by {by}", Question(by=by)) for by in ("source", "rep")),
        ("by source, one quarter", Question(**quarter)),
        ("by source, one quarter, by event", Question(basis=Basis.EVENT, **quarter)),
        ("by source, as a rep", Question(user=rep)),
    ):
        yield took(f"closed loop {what}", partial(queries.closed_loop, question))
    cell = Cell(column="sqls", group="social")
    yield took(
        "people behind one figure",
        lambda: list(Person.objects.filter(pk__in=people_in(Question(), cell)).values_list("pk")),
    )
    for by in ("rep", "product"):
        yield took(f"pipeline by {by}", partial(queries.pipeline, PipelineQuestion(by=by)))


def pages() -> Iterator[Figure]:
    """What the server needs for a page, without the network."""
    client = Client(SERVER_NAME="localhost")
    head = User.objects.get(role=Role.HEAD_OF_SALES)
    client.force_login(head, backend=BACKEND)
    for what, address in (
        ("people, first page", "/people/"),
        ("people, by score", "/people/?sort=-score"),
        ("people, quick filter", "/people/?q=person+1234"),
        ("one person", Person.objects.order_by("pk")[500].get_absolute_url()),
        ("deals, board", "/deals/?as=board"),
        ("deals, table", "/deals/?as=table"),
        ("closed loop", "/insight/closed-loop/"),
    ):
        assert client.get(address).status_code == 200, address
        yield took(f"page: {what}", partial(client.get, address))


def _fill(random: Random) -> None:
    """A company with 20 reps in 4 teams, 20,000 leads with 3 moves each, and their deals."""
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    create_user(name="Head", role=Role.HEAD_OF_SALES, email="head@fenn.example")
    teams = [create_team(name=f"Team {number}") for number in range(4)]
    reps = [
        create_user(name=f"Rep {n}", role=Role.REP, email=f"rep{n}@fenn.example", team=teams[n % 4])
        for n in range(20)
    ]
    campaigns = Campaign.objects.bulk_create(
        Campaign(code=f"campaign-{n}", name=f"Campaign {n}", channel=CHANNELS[n % 7])
        for n in range(30)
    )
    Cost.objects.bulk_create(_cost(campaigns[n % 30], n) for n in range(300))
    people = Person.objects.bulk_create(
        (_person(random, n, reps) for n in range(PEOPLE)), batch_size=500
    )
    reached = dict(zip(people, _depths(random), strict=True))
    StageChange.objects.bulk_create(
        (change for person, depth in reached.items() for change in _moves(random, person, depth)),
        batch_size=500,
    )
    _deals(random, [person for person, depth in reached.items() if depth >= 5])


def _cost(campaign: Campaign, number: int) -> Cost:
    first = date(2025, 1, 1) + timedelta(days=number)
    return Cost(
        campaign=campaign if number % 10 else None,
        kind="ads",
        amount=Decimal(900),
        currency="EUR",
        base_amount=Decimal(900),
        from_on=first,
        to_on=first + timedelta(days=30),
    )


def _person(random: Random, number: int, reps: list[User]) -> Person:
    return Person(
        full_name=f"Person {number}",
        sort_key=f"person {number:05}",
        origin=random.choices(("marketing", "sales", "partner"), (8, 1, 1))[0],
        channel=random.choice(CHANNELS),
        campaign=f"campaign-{number % 40}" if number % 3 else "",
        landing_page=f"/p/page-{number % 25}",
        persona=random.choice(("Quality lead", "Plant manager", "")),
        owner=random.choice(reps) if number % 5 else None,
        lead_at=AT + timedelta(minutes=number * 25),
    )


def _depths(random: Random) -> list[int]:
    """How many stages each reached: three in the mean, so that the moves are 60,000."""
    weights = (30, 17, 15, 13, 13, 12)
    depths = random.choices(range(1, 7), weights, k=PEOPLE)
    while sum(depths) != CHANGES:
        place = random.randrange(PEOPLE)
        step = 1 if sum(depths) < CHANGES else -1
        depths[place] = min(6, max(1, depths[place] + step))
    return depths


def _moves(random: Random, person: Person, depth: int) -> Iterator[StageChange]:
    assert person.lead_at
    at = person.lead_at
    for place, stage in enumerate(STEPS[:depth]):
        at += timedelta(days=DAYS_BETWEEN[place] * random.random() * 2, seconds=place)
        yield StageChange(
            person=person,
            to_stage=stage,
            from_stage=STEPS[place - 1] if place else "",
            at=at,
            place=place,
            owner_id=person.owner_id if place > 1 else None,
            cause="test",
        )


def _deals(random: Random, buyers: list[Person]) -> None:
    pipeline = Pipeline.objects.create(name="Sales")
    stages = {
        kind: Stage.objects.create(
            pipeline=pipeline, name=kind, kind=kind, position=place, probability=50
        )
        for place, kind in enumerate(("open", "won", "lost"))
    }
    deals = []
    for number, person in enumerate(buyers):
        state, amount = random.choice(tuple(stages)), Decimal(random.randrange(500, 50_000))
        assert person.lead_at
        opened = person.lead_at + timedelta(days=12)
        deals.append(
            Deal(
                name=f"Deal {number}",
                sort_key=f"deal {number}",
                person=person,
                owner_id=person.owner_id,
                stage=stages[state],
                state=state,
                amount=amount,
                base_amount=amount,
                currency="EUR",
                opened_at=opened,
                closed_at=None if state == "open" else opened + timedelta(days=20),
                reason="price" if state == "lost" else "",
            )
        )
    Deal.objects.bulk_create(deals, batch_size=500)


MEASURES = (reports, pages)
