"""Three kinds of real records, with every kind of field, some of them unknown here and there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any

from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Model,
    OuterRef,
    Q,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf

from baton.core.facts.models import FactRecord
from baton.core.jobs.models import Job
from baton.core.money.models import Rate
from baton.core.offers import FieldKind, FilterField
from baton.core.slots import Slot

# The days around a change of the clocks of Berlin, New York and Havana, and a year's end.
CHANGES = [(2024, 3, 10), (2024, 3, 31), (2024, 10, 27), (2024, 11, 3), (2024, 12, 31)]
MOMENTS = [
    datetime(*day, tzinfo=UTC) + timedelta(minutes=30 * step)
    for day in CHANGES
    for step in range(-60, 61, 5)
]
DAYS = sorted({date(*day) + timedelta(days=step) for day in CHANGES for step in (-8, -1, 0, 1, 7)})
TEXTS = [
    *("", "Ann", "ANN", "ann ", "Änne", "ÄNNE", "änne", "İstanbul", "istanbul", "ISTANBUL"),
    *("ΟΔΟΣ", "οδος", "οδοσ", "50% off", "50x off", "a_b", "axb", "back\\slash", "Straße"),
    *("STRASSE", "КИРИЛЛ", "кирилл", "l'été", "L'ÉTÉ", "“quoted”", "Ǆ ǅ ǆ", "K \u212a k", "🦊"),
]
UNKNOWN = "(unknown)"  # becomes NULL in the expressions below
LANES = [("mail", "Mail"), ("default", "Default"), ("slow", "Slow lane")]
NUMBERS = [Decimal(number) for number in ("-7", "-1", "0", "0.1", "0.3", "0.5", "1", "2.5", "7")]


@dataclass(frozen=True)
class Subject:
    """``values`` are those of one row by field name; ``asked`` are worth asking about, by kind."""

    model: type[Model]
    fields: Sequence[FilterField]
    values: Callable[[Any], Mapping[str, Any]]
    asked: Mapping[FieldKind, Sequence[Any]]


def field(
    object_type: str, name: str, kind: FieldKind, path: Any = None, **more: Any
) -> FilterField:
    label = name.replace("_", " ").capitalize()
    return FilterField(
        object_type=object_type, name=name, label=label, kind=kind, path=path or name, **more
    )


ASKED: dict[FieldKind, Sequence[Any]] = {
    FieldKind.TEXT: [*filter(None, TEXTS), "n", "N", "Σ", "%", "_", "\\", "fact.", "İ", "é", "k"],
    FieldKind.NUMBER: [*NUMBERS, 0.1, 3, "1.0825", Decimal("0.30000000000001")],
    FieldKind.DATE: [day.isoformat() for day in DAYS],
    FieldKind.BOOLEAN: [True, False],
}

JOB = Subject(
    model=Job,
    fields=[
        field("job", "task", FieldKind.TEXT),
        field(
            "job", "note", FieldKind.TEXT, lambda: NullIf(F("error"), Value(UNKNOWN, TextField()))
        ),
        field("job", "queue", FieldKind.CHOICE, choices=lambda: LANES),
        field(
            "job",
            "lane",
            FieldKind.CHOICE,
            lambda: NullIf(F("queue"), Value("slow")),
            choices=lambda: LANES,
        ),
        field("job", "attempt", FieldKind.NUMBER),
        field("job", "priority", FieldKind.NUMBER, lambda: NullIf(F("priority"), Value(0))),
        field("job", "share", FieldKind.NUMBER, lambda: tenths("priority")),
        field("job", "due_at", FieldKind.DATE),
        field("job", "started_at", FieldKind.DATE),
        field("job", "is_dead", FieldKind.BOOLEAN),
        field("job", "has_twin", FieldKind.BOOLEAN, lambda: twins("due_at")),
    ],
    values=lambda job: {
        "task": job.task,
        "note": None if job.error == UNKNOWN else job.error,
        "queue": job.queue,
        "lane": None if job.queue == "slow" else job.queue,
        "attempt": job.attempt,
        "priority": job.priority or None,
        "share": job.priority * 0.1,
        "due_at": job.due_at,
        "started_at": job.started_at,
        "is_dead": job.is_dead,
        "has_twin": Job.objects.filter(due_at=job.due_at).count() > 1,
    },
    asked={**ASKED, FieldKind.CHOICE: [lane for lane, _ in LANES]},
)


def tenths(name: str) -> Combinable:
    as_float = Cast(F(name), FloatField())  # else PostgreSQL reckons in decimals, here exactly
    return ExpressionWrapper(as_float * Value(0.1), output_field=FloatField())


def twins(name: str) -> Exists:
    others = Job.objects.exclude(pk=OuterRef("pk"))
    return Exists(others.filter(**{name: OuterRef(name)}))


FACT = Subject(
    model=FactRecord,
    fields=[
        field("fact", "name", FieldKind.TEXT),
        field("fact", "cause", FieldKind.RELATION, "caused_by"),
        field("fact", "cause_name", FieldKind.TEXT, "caused_by__name"),
        field("fact", "cause_depth", FieldKind.NUMBER, "caused_by__depth"),
        field("fact", "cause_at", FieldKind.DATE, "caused_by__happened_at"),
        field("fact", "cause_cause", FieldKind.RELATION, "caused_by__caused_by"),
        field("fact", "effects", FieldKind.SET, having=lambda names: causing(names)),
    ],
    values=lambda fact: {
        "name": fact.name,
        "cause": fact.caused_by_id,
        "cause_name": fact.caused_by and fact.caused_by.name,
        "cause_depth": fact.caused_by and fact.caused_by.depth,
        "cause_at": fact.caused_by and fact.caused_by.happened_at,
        "cause_cause": fact.caused_by and fact.caused_by.caused_by_id,
        "effects": {*FactRecord.objects.filter(caused_by=fact).values_list("name", flat=True)},
    },
    asked={**ASKED, FieldKind.RELATION: range(1, 41), FieldKind.SET: ["fact.", "other", "none"]},
)


def causing(names: Sequence[str]) -> Q:
    effects = FactRecord.objects.exclude(caused_by=None)
    named = effects.filter(name__in=names) if names else effects
    return Q(pk__in=named.values("caused_by"))


RATE = Subject(
    model=Rate,
    fields=[
        field("rate", "on", FieldKind.DATE),
        field("rate", "rate", FieldKind.NUMBER),
        field("rate", "base", FieldKind.CHOICE, "base_currency"),
    ],
    values=lambda rate: {"on": rate.on, "rate": rate.rate, "base": rate.base_currency},
    asked={**ASKED, FieldKind.CHOICE: ["EUR", "JPY", "eur", "USD"]},
)

SUBJECTS = {"job": JOB, "fact": FACT, "rate": RATE}
OFFERS: Slot[FilterField] = Slot(key=lambda offer: f"{offer.object_type}.{offer.name}")
for subject in SUBJECTS.values():
    for offer in subject.fields:
        OFFERS.add(offer)


def write_rows() -> None:
    """Forty of each kind; ids of facts start at 1, so that some relations are met."""
    chance = Random(7)
    Job.objects.bulk_create(_job(text, chance) for text in [*TEXTS, *TEXTS[:10]])
    for number, name in zip(range(1, 41), cycle(["fact.", "Fact.ÄNNE", "other"]), strict=False):
        FactRecord.objects.create(
            pk=number,
            name=name,
            happened_at=chance.choice(MOMENTS),
            payload={},
            depth=chance.randrange(8),
            caused_by_id=chance.choice([None, *range(1, number)]),
        )
    Rate.objects.bulk_create(_rates(chance))


def _job(text: str, chance: Random) -> Job:
    return Job(
        task=text,
        arguments={},
        queue=chance.choice(["", "mail", "default", "slow"]),
        priority=chance.randrange(-7, 8),
        attempt=chance.randrange(8),
        due_at=chance.choice(MOMENTS),
        started_at=chance.choice([None, *MOMENTS]),
        error=chance.choice([*TEXTS, UNKNOWN, UNKNOWN]),
        is_dead=chance.choice([True, False]),
    )


def _rates(chance: Random) -> list[Rate]:
    return [
        Rate(
            currency="USD",
            base_currency=base,
            on=day,
            rate=chance.choice([Decimal("1.0825"), *(abs(one) or Decimal(1) for one in NUMBERS)]),
            source="by hand",
        )
        for base in ("EUR", "JPY")
        for day in DAYS
    ]
