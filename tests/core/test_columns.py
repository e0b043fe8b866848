"""Rows written column by column are those that Django would have written one by one."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from baton.core.changes.models import Change
from baton.core.columns import (
    Column,
    Same,
    _ways,
    insert_columns,
    put_columns,
    spread,
    update_columns,
    usual,
)
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.core.money.models import Rate
from baton.core.whence import Way, came_by
from baton.records.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
NOTHING = {"id", "key", "recorded_at", "created_at"}  # given anew to each row


def values_of(model):
    names = [field.attname for field in model._meta.fields if field.attname not in NOTHING]
    return list(model.objects.order_by("pk").values(*names))


BATCH = new_key()
FACTS: Mapping[str, Column] = {
    "name": ["a.b", "c.d", "e.f"],
    "happened_at": [AT, AT.astimezone(BERLIN), AT + timedelta(microseconds=1)],
    "person_id": [7, None, 2**40],
    "side": Same("both"),
    "touch": Same("none"),
    "origin": Same("live"),
    "batch": [BATCH, None, new_key()],
    "payload": [{"text": "it's “new” 100 %s"}, {}, {"a": [1, None, "ü"]}],
}
CHANGES: Mapping[str, Column] = {
    "object_type": Same("person"),
    "object_id": [1, 2, 3],
    "verb": Same("created"),
    "after": [{"full_name": "Ann"}, {}, {"full_name": "Zoë", "n": 1.5}],
    "at": Same(AT),
    "batch": Same(BATCH),
    "by_id": Same(None),
}
BARE = {"name": "a.b", "side": "both", "touch": "none", "origin": "live", "payload": {}}
RATES: Mapping[str, Column] = {
    "currency": ["USD", "GBP", "CHF"],
    "base_currency": Same("EUR"),
    "on": [AT.date(), date(2026, 1, 2), date(2025, 12, 31)],
    "rate": [Decimal("1.0853"), Decimal("0.9"), Decimal(1)],
    "source": Same("bank"),
}


def test_both_moments_of_an_hour_that_comes_twice_are_kept():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    moments = [first, first.replace(fold=1), first]
    columns = {name: Same(one) for name, one in BARE.items()}

    insert_columns(FactRecord, columns | {"happened_at": moments}, count=3)

    found = FactRecord.objects.order_by("pk").values_list("happened_at", flat=True)
    assert list(found) == [moment.astimezone(UTC) for moment in moments]


@pytest.mark.parametrize(
    ("model", "columns"), [(FactRecord, FACTS), (Change, CHANGES), (Rate, RATES)]
)
def test_rows_are_those_that_django_writes(model, columns):
    with came_by(Way.IMPORT, name="A list"):
        ids = insert_columns(model, columns, count=3)
        ours = values_of(model)
        model.objects.all().delete()
        for place in range(3):
            said = {
                name: one.value if isinstance(one, Same) else one[place]
                for name, one in columns.items()
            }
            model.objects.create(**said)

    assert len(set(ids)) == 3
    assert ours == values_of(model)


def test_ids_come_in_the_order_of_the_rows_over_all_portions():
    count = 2500
    names = [f"a.b{place}" for place in range(count)]
    columns = {
        **FACTS,
        "name": names,
        "happened_at": Same(AT),
        "person_id": Same(None),
        "batch": Same(None),
        "payload": [{"n": place} for place in range(count)],
    }

    with CaptureQueriesContext(connection) as asked:
        ids = insert_columns(FactRecord, columns, count=count)

    assert len(asked) == 3
    found = dict(FactRecord.objects.values_list("pk", "name"))
    assert [found[pk] for pk in ids] == names
    assert FactRecord.objects.values("key").distinct().count() == count


def test_rows_that_differ_in_nothing_are_as_many_as_were_asked_for():
    same = {name: Same(spread(one, 3)[0]) for name, one in CHANGES.items()}

    assert len(insert_columns(Change, same, count=4)) == 4
    assert Change.objects.filter(object_id=1, batch=BATCH).count() == 4


def test_no_rows_are_written_by_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_columns(Change, CHANGES, count=0) == []


def test_what_the_database_refuses_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_columns(Change, {**CHANGES, "verb": Same(None)}, count=3)
    assert not Change.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps texts of any length")
def test_a_text_that_is_too_long_is_refused_and_not_cut():
    with pytest.raises(DataError), transaction.atomic():
        insert_columns(Change, {**CHANGES, "verb": ["v" * 21, "v", "v"]}, count=3)
    with pytest.raises(DataError), transaction.atomic():
        insert_columns(Change, {**CHANGES, "verb": Same("v" * 21)}, count=3)


def test_a_column_of_one_value_is_known():
    assert usual(["a", "a"]) == Same("a")
    assert usual([None]) == Same(None)
    assert usual(["a", None]) == ["a", None]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="psycopg wraps what Django hands it")
def test_values_go_to_the_driver_as_their_field_sends_them():
    ways = _ways(Person)
    for field in Person._meta.concrete_fields:
        for value in (field.get_default(), None, "it's", 7, True, AT):
            if value is None or isinstance(value, type(field.get_default())):
                sent = field.get_db_prep_save(value, connection)
                assert repr(ways[field.attname].one(value)) == repr(sent)


def test_row_that_is_there_already_stays_and_brings_no_id():
    first = insert_columns(Rate, RATES, count=3, keeps_known=True)
    again = {**RATES, "currency": ["USD", "SEK", "CHF"], "source": Same("later")}

    brought = insert_columns(Rate, again, count=3, keeps_known=True)

    assert (len(first), len(brought)) == (3, 1)
    sources = dict(Rate.objects.values_list("currency", "source"))
    assert sources == {"USD": "bank", "GBP": "bank", "CHF": "bank", "SEK": "later"}


def test_rows_that_are_there_are_written_anew_and_the_others_are_new():
    insert_columns(FactRecord, FACTS, count=3)
    before = values_of(FactRecord)
    known = FactRecord.objects.order_by("pk").values_list("key", flat=True)[1]
    told: Mapping[str, Column] = {
        "key": [new_key(), known],
        "name": ["g.h", "c.d"],
        "happened_at": Same(AT),
        "side": Same("sales"),
        "touch": Same("none"),
        "origin": Same("live"),
        "payload": [{"n": 1}, {"n": 2}],
    }

    put_columns(FactRecord, told, once=("key",), count=2)

    anew = {"happened_at": AT, "side": "sales", "payload": {"n": 2}}
    first, second, third, fourth = values_of(FactRecord)
    assert [first, second, third] == [before[0], before[1] | anew, before[2]]
    assert (fourth["name"], fourth["payload"]) == ("g.h", {"n": 1})


def test_columns_of_many_rows_are_written_by_their_ids():
    ids = insert_columns(FactRecord, FACTS, count=3)
    new: Mapping[str, Sequence[Any]] = {
        "person_id": [None, 5],
        "happened_at": [AT.astimezone(BERLIN), AT + timedelta(microseconds=7)],
        "payload": [{"a": None}, {"text": "“100 %s”"}],
        "batch": [None, BATCH],
    }
    before = values_of(FactRecord)

    update_columns(
        FactRecord,
        [ids[2], ids[0], ids[2] + 99],
        {name: [*one, one[0]] for name, one in new.items()},
    )

    third, first = ({name: one[place] for name, one in new.items()} for place in (0, 1))
    assert values_of(FactRecord) == [before[0] | first, before[1], before[2] | third]


def test_columns_of_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        update_columns(FactRecord, [], {"person_id": []})
        put_columns(FactRecord, FACTS, once=("key",), count=0)
