"""A company of any size, written straight into its tables, thousands of rows at a time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from random import Random
from typing import Any

from django.db import connection, models
from django.db.models import Max

from baton.core.access.actions import create_team, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.bulk import bites
from baton.core.facts.kinds import Touch
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.numbering import seat_subscribers
from baton.core.settings.actions import set_up_organisation
from baton.marketing.campaigns.models import Campaign, CampaignMember, Cost
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Company, EmailAddress, Person
from baton.records.timeline.models import Activity, Task
from baton.sales.deals.actions import ensure_default_pipeline
from baton.sales.deals.models import Deal, Stage, StageEntry

BITE = 2000
OPEN_DEALS = 5000
AT = datetime(2025, 1, 6, 9, tzinfo=UTC)
STEPS = ("lead", "mql", "sal", "sql", "opportunity")
CHANNELS = ("organic_search", "paid_search", "social", "email", "referral", "direct", "event")
FIRST = (
    "Anja",
    "Bjarne",
    "Carla",
    "Dirk",
    "Elke",
    "Falk",
    "Gesa",
    "Hidde",
    "Imke",
    "Jens",
    "Keira",
    "Lars",
    "Maja",
    "Niels",
    "Orla",
)
SYLLABLES = (
    "an",
    "ber",
    "cor",
    "dal",
    "em",
    "fen",
    "gar",
    "hol",
    "ist",
    "jor",
    "kel",
    "lin",
    "mar",
    "nor",
    "os",
    "per",
    "ran",
    "sal",
    "tor",
    "ul",
)


def fill(people: int) -> None:
    """20 reps in 4 teams and their company; AT is when it began."""
    dice = Random(7)  # noqa: S311 -- invented people, no secrets
    reps = _house()
    pipeline = ensure_default_pipeline()
    stages = list(pipeline.stages.order_by("position"))
    campaigns = {one.code: one for one in Campaign.objects.order_by("pk")}
    for numbers in bites(range(people), size=BITE):
        told = _people(dice, numbers, reps)
        _write(chain.from_iterable(_moves(dice, person) for person in told))
        _write(chain.from_iterable(_facts(dice, person) for person in told))
        _write(chain.from_iterable(_memberships(dice, person, campaigns) for person in told))
        buyers = [one for n, one in zip(numbers, told, strict=True) if n % 20 == 0]
        _deals(dice, [(one, stages[-2:]) for one in buyers])
    some = Person.objects.order_by("?")[:OPEN_DEALS] if people < OPEN_DEALS * 4 else None
    last = Person.objects.order_by("-pk")[: OPEN_DEALS * 4 : 4] if some is None else some
    _deals(dice, [(one, stages[:-2]) for one in last])
    _write(_tasks(dice, reps))
    Cursor.objects.update(position=FactRecord.objects.aggregate(Max("position"))["position__max"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def add_people(count: int) -> None:
    """People, their companies and addresses, nothing of what they did."""
    dice = Random(7)  # noqa: S311 -- invented people, no secrets
    for numbers in bites(range(count), size=BITE):
        _people(dice, numbers, [])


def _house() -> list[User]:
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    create_user(name="Head", role=Role.HEAD_OF_SALES, email="head@fenn.example")
    teams = [create_team(name=f"Team {number}") for number in range(4)]
    campaigns = Campaign.objects.bulk_create(
        Campaign(code=f"campaign-{n}", name=f"Campaign {n}", channel=CHANNELS[n % 7])
        for n in range(30)
    )
    Cost.objects.bulk_create(_cost(campaigns[n % 30], n) for n in range(300))
    seat_subscribers()
    return [
        create_user(name=f"Rep {n}", role=Role.REP, email=f"rep{n}@fenn.example", team=teams[n % 4])
        for n in range(20)
    ]


def _cost(campaign: Campaign, number: int) -> Cost:
    first, amount = date(2025, 1, 1) + timedelta(days=number), Decimal(900)
    return Cost(
        campaign=campaign if number % 10 else None, kind="ads", amount=amount, currency="EUR",
        base_amount=amount, from_on=first, to_on=first + timedelta(days=30),
    )  # fmt: skip


def _word(dice: Random, count: int) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(count)).capitalize()


def _people(dice: Random, numbers: list[int], reps: list[User]) -> list[Person]:
    firms = Company.objects.bulk_create(_company(dice, n) for n in numbers[::4])
    rows = [_person(dice, n, firms[place // 4], reps) for place, n in enumerate(numbers)]
    people = Person.objects.bulk_create(rows, batch_size=BITE)
    _write(_email(person, n) for person, n in zip(people, numbers, strict=True))
    return people


def _company(dice: Random, number: int) -> Company:
    name = f"{_word(dice, 3)} {number}"
    return Company(name=name, sort_key=name.casefold(), industry="Food", city="Bremen")


def _person(dice: Random, number: int, company: Company, reps: list[User]) -> Person:
    first, last = dice.choice(FIRST), _word(dice, 3)
    at = AT + timedelta(minutes=number % 525_000, seconds=number // 525_000)
    fit, engagement = dice.randrange(60), dice.randrange(50)
    return Person(
        first_name=first,
        last_name=last,
        full_name=f"{first} {last}",
        sort_key=f"{last} {first}".casefold(),
        job_title="Plant manager",
        company=company,
        country="Germany",
        origin=dice.choices(("marketing", "sales", "partner"), (8, 1, 1))[0],
        channel=dice.choice(CHANNELS),
        campaign=f"campaign-{number % 40}" if number % 3 else "",
        landing_page=f"/p/page-{number % 25}",
        persona=dice.choice(("Quality lead", "Plant manager", "")),
        owner=dice.choice(reps) if reps and number % 5 else None,
        stage=dice.choices(STEPS, (70, 10, 5, 10, 5))[0],
        stage_at=at,
        lead_at=at,
        fit=fit,
        engagement=engagement,
        score=fit + engagement,
        latest_touch="visit.made",
        latest_touch_at=at + timedelta(hours=dice.randrange(900)),
    )


def _email(person: Person, number: int) -> EmailAddress:
    address = f"{person.first_name}.{person.last_name}.{number}@fenn.example".casefold()
    return EmailAddress(person=person, address=address, normalised=address, is_primary=True)


def _moves(dice: Random, person: Person) -> Iterator[StageChange]:
    at = person.lead_at or AT
    for place, stage in enumerate(STEPS[: STEPS.index(person.stage) + 1]):
        at += timedelta(hours=dice.randrange(1, 90))
        yield StageChange(
            person=person, to_stage=stage, from_stage=STEPS[place - 1] if place else "", at=at,
            place=place, owner_id=person.owner_id if place > 1 else None, cause="bench",
        )  # fmt: skip


def _memberships(
    dice: Random, person: Person, campaigns: dict[str, Campaign]
) -> Iterator[CampaignMember]:
    """Of the campaign they came with, and of another: nobody is in one twice."""
    came = campaigns.get(person.campaign)
    others = [one for one in dice.sample(list(campaigns.values()), 2) if one is not came][:1]
    for one in [*([came] if came else []), *others]:
        status = dice.choices(("reached", "responded"), (4, 1))[0]
        yield CampaignMember(campaign=one, person=person, status=status, at=person.lead_at or AT)


def _facts(dice: Random, person: Person) -> Iterator[models.Model]:
    """Somebody came, looked, sent a form; some were rung."""
    at = person.lead_at or AT
    same: dict[str, Any] = {"channel": person.channel, "campaign": person.campaign}
    yield _fact(person, "person.created", at, person_origin=person.origin, **same)
    yield _fact(person, "visit.made", at, Touch.THEIRS, visit_id=0, pages=["Pricing"], **same)
    later = at + timedelta(hours=dice.randrange(900))
    yield _fact(person, "visit.made", later, Touch.THEIRS, visit_id=0, pages=["Home"], **same)
    if dice.random() < 0.2:
        yield Activity(
            kind="call", outcome="conversation", direction="ours", person=person, at=later,
            by_id=person.owner_id, body="Wants figures",
        )  # fmt: skip


_positions = iter(range(1, 1_000_000_000))


def _fact(
    person: Person, name: str, at: datetime, touch: Touch = Touch.NONE, **payload: Any
) -> FactRecord:
    return FactRecord(
        name=name, happened_at=at, person_id=person.pk, company_id=person.company_id, side="both",
        touch=touch, origin="demo", payload=payload, position=next(_positions),
    )  # fmt: skip


def _deals(dice: Random, buyers: list[tuple[Person, list[Stage]]]) -> None:
    for some in bites(buyers, size=BITE):
        rows = [_deal(dice, person, dice.choice(stages)) for person, stages in some]
        Deal.objects.bulk_create(rows, batch_size=BITE)
        _write(StageEntry(deal=row, stage=row.stage, entered_at=row.stage_at) for row in rows)


def _deal(dice: Random, person: Person, stage: Stage) -> Deal:
    name, amount = f"{_word(dice, 2)} metering", Decimal(dice.randrange(500, 50_000))
    opened = (person.lead_at or AT) + timedelta(days=12)
    closed = None if stage.kind == "open" else opened + timedelta(days=dice.randrange(5, 90))
    return Deal(
        name=name, sort_key=name.casefold(), person=person, company_id=person.company_id,
        owner_id=person.owner_id, stage=stage, state=stage.kind, amount=amount, currency="EUR",
        base_amount=amount, opened_at=opened, stage_at=opened, touched_at=opened, closed_at=closed,
        close_on=(opened + timedelta(days=dice.randrange(200))).date(), next_step="Ring",
        reason="price" if stage.kind == "lost" else "",
    )  # fmt: skip


def _tasks(dice: Random, reps: list[User]) -> Iterator[Task]:
    people = list(Person.objects.order_by("pk")[:2000])
    for person in people:
        due = AT + timedelta(days=dice.randrange(400))
        yield Task(title="Ring again", person=person, owner=dice.choice(reps), due_at=due)


def _write(rows: Iterable[models.Model]) -> None:
    """Each kind with its own statement."""
    for some in bites(rows, size=BITE * 3):
        kinds = {type(row) for row in some}
        for kind in sorted(kinds, key=lambda one: one.__name__):
            kind._base_manager.bulk_create([row for row in some if type(row) is kind], BITE)
