from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.core.facts import Fact, UnknownFact, publish
from baton.core.facts.models import FactRecord
from baton.core.facts.plain import plain
from baton.core.facts.reading import missing_upcasters, restore
from tests.core.stories import AT
from tests.lab import subscribers
from tests.lab.events import Colour, Priced, Stepped

PRICED = st.builds(
    Priced,
    happened_at=st.datetimes(timezones=st.just(UTC)),
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    currency=st.text(),
    due_on=st.none() | st.dates(),
    colour=st.just(Colour.RED),
    items=st.lists(st.uuids()).map(tuple),
    labels=st.none() | st.dictionaries(st.text(), st.integers()),
)


@given(PRICED)
def test_fact_is_read_as_it_was_written(fact):
    again = restore(
        "lab.priced", version=3, envelope={"happened_at": fact.happened_at}, payload=fact.payload()
    )

    assert again == fact


@pytest.mark.django_db
def test_fact_comes_back_from_the_database_with_its_types():
    priced = Priced(
        happened_at=AT,
        person_id=1,
        amount=Decimal("12.50"),
        currency="EUR",
        due_on=date(2026, 4, 1),
        items=(UUID(int=1),),
    )

    published = publish(priced)
    record = FactRecord.objects.get(pk=published.id)

    assert record.payload["amount"] == "12.50"
    assert record.as_fact() == published == priced


def test_old_payload_is_brought_up_to_date_step_by_step():
    fact = restore("lab.priced", version=1, envelope={"happened_at": AT}, payload={"price": "3"})

    assert fact == Priced(happened_at=AT, amount=Decimal(3), currency="EUR")


def test_every_old_version_can_still_be_read():
    assert list(missing_upcasters()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"name": "lab.gone"}, {"version": 99}])
def test_fact_that_nobody_knows_is_kept_raw_and_heard_by_who_hears_all(run_background, change):
    fact = publish(Stepped(happened_at=AT, subject=1, step=2))
    FactRecord.objects.update(**change)

    run_background()

    unknown = FactRecord.objects.get(pk=fact.id).as_fact()
    assert isinstance(unknown, UnknownFact)
    assert unknown.payload() == {"subject": 1, "step": 2}
    assert subscribers.heard == [change.get("name", "lab.stepped")]


def test_field_added_by_a_newer_program_is_passed_over():
    payload = {"subject": 1, "step": 2, "mood": "bright"}

    fact = restore("lab.stepped", version=1, envelope={"happened_at": AT}, payload=payload)

    assert fact == Stepped(happened_at=AT, subject=1, step=2)


def test_two_kinds_of_one_name_are_refused():
    with pytest.raises(TypeError, match=r"Two kinds of fact are called lab\.stepped"):

        @dataclass(frozen=True, kw_only=True)
        class Again(Fact):
            name: ClassVar[str] = "lab.stepped"


def test_base_of_several_kinds_needs_no_name():
    @dataclass(frozen=True, kw_only=True)
    class Shared(Fact):
        value: int

    assert Shared(happened_at=AT, value=1).payload() == {"value": 1}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00+00:00"),
        (date(2026, 3, 1), "2026-03-01"),
        (Decimal("1.10"), "1.10"),
        (Colour.RED, "red"),
        ((1, Decimal(2)), [1, "2"]),
        ({"a": UUID(int=1)}, {"a": "00000000-0000-0000-0000-000000000001"}),
        (None, None),
    ],
)
def test_plain_is_what_json_can_hold(value, expected):
    assert plain(value) == expected
