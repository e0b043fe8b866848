"""``bulk_create`` through our own compiler: plain rows the short way, all else Django's."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLInsertCompiler as Usual
from django.test.utils import CaptureQueriesContext

from baton.core.bulk import insert_rows, one_of, reserve_ids, row_maker
from baton.core.changes.models import Change
from baton.core.facts import Touch
from baton.core.facts.models import FactRecord
from baton.core.jobs.models import Firing
from baton.core.keys import new_key
from baton.core.money.models import Rate
from baton.core.settings.models import Organisation

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


def rate(currency, source):
    return Rate(
        currency=currency, base_currency="EUR", on=AT.date(), rate=Decimal("1.0853"), source=source
    )


def test_plain_rows_keep_values_and_order_and_get_their_ids():
    facts = [
        FactRecord(name=name, happened_at=AT, person_id=person, side="both", payload=payload)
        for name, person, payload in [
            ("a.b", 7, {"text": "it's “new”", "none": None}),
            ("c.d", None, {"percent": "100 %s"}),
        ]
    ]

    with CaptureQueriesContext(connection) as asked:
        made = FactRecord.objects.bulk_create(facts)

    assert len([query for query in asked if "INSERT" in query["sql"]]) == 1
    found = FactRecord.objects.order_by("pk").values_list("pk", "name", "happened_at", "payload")
    assert list(found) == [(one.pk, one.name, AT, one.payload) for one in made]


def test_expression_among_plain_values_is_worked_out_by_the_database():
    made = Rate.objects.bulk_create(
        [rate("USD", Concat(Value("E"), Value("CB"))), rate("GBP", "bank")]
    )

    found = Rate.objects.filter(pk__in=[one.pk for one in made]).order_by("pk")
    assert list(found.values_list("source", "on")) == [
        ("ECB", date(2026, 3, 29)),
        ("bank", date(2026, 3, 29)),
    ]


def test_known_row_is_updated_where_asked():
    later = AT + timedelta(hours=1)
    Firing.objects.bulk_create([Firing(name="old", due_at=AT, fired_at=AT)])

    Firing.objects.bulk_create(
        [Firing(name=name, due_at=AT, fired_at=later) for name in ("old", "new")],
        update_conflicts=True,
        unique_fields=["name", "due_at"],
        update_fields=["fired_at"],
    )

    assert list(Firing.objects.values_list("fired_at", flat=True)) == [later, later]


def fact(**more):
    return FactRecord(**{"name": "a.b", "happened_at": AT, "side": "both", "payload": {}} | more)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the compiler is SQLite's")
@pytest.mark.parametrize(
    "rows",
    [
        [fact(), fact(payload={"a": [1, None, "ü"]}, happened_at=AT.astimezone(BERLIN))],
        [fact(person_id=1, batch=new_key()), fact(touch=Touch.OURS, retracted_at=AT)],
        [fact(person_id="7", happened_at=AT), fact(name=12, payload=None)],
        [Change(object_type="a", object_id=n, verb="b", at=AT, by_id=n or None) for n in (0, 4)],
        [Organisation(name="A", zone="UTC", is_armed=armed) for armed in (True, False)],
        [rate("USD", "x"), rate("GBP", "")],
        [rate("USD", "x")],
        [fact(person_id="7", payload=None)],
    ],
)
def test_values_are_written_as_django_writes_them(rows):
    query = InsertQuery(type(rows[0]))
    query.insert_values([field for field in rows[0]._meta.fields if not field.primary_key], rows)

    ours = query.get_compiler(connection=connection)
    usual = Usual(query, connection, "default")
    ours.returning_fields = usual.returning_fields = [rows[0]._meta.pk]

    assert told(ours) == told(usual)


def told(compiler):
    """Some drivers want their values wrapped; those compare by what they hold."""
    [(sql, values)] = compiler.as_sql()
    return " ".join(sql.split()), [getattr(value, "obj", value) for value in values]


def test_rows_written_the_short_way_are_as_created_ones_and_have_ids():
    make = row_maker(FactRecord)
    rows = [
        make(name=f"a.b{n}", happened_at=AT, side="both", payload={"n": n}) for n in range(1500)
    ]

    made = insert_rows(FactRecord, rows)

    assert made == rows
    found = FactRecord.objects.filter(pk__in=one_of(row.pk for row in made)).order_by("pk")
    assert [(one.pk, one.name, one.payload) for one in found] == [
        (one.pk, one.name, one.payload) for one in made
    ]
    assert FactRecord.objects.filter(name__in=one_of(["a.b7", "it's", "a.b7"])).count() == 1


def test_no_rows_are_written_by_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_rows(FactRecord, []) == []


def test_reserved_ids_are_given_to_nobody_else():
    make = row_maker(FactRecord)
    said = {"happened_at": AT, "side": "both", "payload": {}}
    [before] = insert_rows(FactRecord, [make(name="a.before", **said)])

    ids = reserve_ids(FactRecord, 3)
    made = insert_rows(FactRecord, [make(id=pk, name=f"a.b{pk}", **said) for pk in ids])
    [after] = insert_rows(FactRecord, [make(name="a.after", **said)])

    assert [row.pk for row in made] == ids
    assert before.pk < ids[0] < ids[1] < ids[2] < after.pk
    found = FactRecord.objects.filter(pk__in=ids).order_by("pk")
    assert [row.name for row in found] == [f"a.b{pk}" for pk in ids]
