from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from baton.core.facts import (
    FactsRetracted,
    Origin,
    Touch,
    UnknownFact,
    caused_by,
    origin,
    publish,
    publish_many,
    retract,
)
from baton.core.facts.models import FactRecord
from tests.core.stories import AT, seen, step_through
from tests.lab.events import Echoed, Measured, Priced, Stepped

pytestmark = pytest.mark.django_db
BATCH = uuid4()


def sources(**wanted):
    facts = FactRecord.objects.filter(**wanted).order_by("id")
    return list(facts.values_list("origin", "batch"))


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="belongs in the transaction"):
        publish(Stepped(happened_at=AT, subject=1, step=1))


def test_publish_rolls_back_with_its_transaction(run_background):
    with transaction.atomic():
        publish(Stepped(happened_at=AT, subject=1, step=1))
        transaction.set_rollback(True)

    run_background()

    assert (FactRecord.objects.count(), seen()) == (0, [])


def test_publish_records_the_envelope_beside_the_payload():
    fact = publish(
        Stepped(
            happened_at=AT,
            person_id=1,
            company_id=2,
            deal_id=3,
            campaign_id=4,
            actor_id=5,
            touch=Touch.ATTEMPT,
            subject=6,
            step=7,
        )
    )

    record = FactRecord.objects.get(pk=fact.id)
    about = (record.person_id, record.company_id, record.deal_id, record.campaign_id)
    assert (about, record.actor_id) == ((1, 2, 3, 4), 5)
    assert (record.side, record.touch, record.origin) == ("both", "attempt", "live")
    assert (record.payload, record.version, record.batch) == ({"subject": 6, "step": 7}, 1, None)


def test_kind_gives_its_side_and_its_usual_touch():
    usual = publish(Priced(happened_at=AT, amount=Decimal(1), currency="EUR"))
    other = publish(Priced(happened_at=AT, amount=Decimal(1), currency="EUR", touch=Touch.NONE))

    records = FactRecord.objects.in_bulk([usual.id, other.id])
    assert [(record.side, record.touch) for _, record in sorted(records.items())] == [
        ("sales", "ours"),
        ("sales", "none"),
    ]


def test_publish_many_keeps_the_order_in_few_statements(
    run_background, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        published = publish_many(Stepped(happened_at=AT, subject=1, step=n) for n in range(150))

    run_background()

    assert [fact.id for fact in published] == sorted(fact.id for fact in published)
    assert seen() == list(range(150))


def test_publish_many_of_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert publish_many([]) == []


def test_facts_take_the_origin_and_the_batch_around_them():
    with origin(Origin.IMPORT, batch=BATCH):
        publish(Measured(happened_at=AT, value=1))
        publish(Measured(happened_at=AT, value=2, origin=Origin.DEMO))
    publish(Measured(happened_at=AT, value=3))

    assert sources() == [("import", BATCH), ("demo", BATCH), ("live", None)]


def test_facts_of_several_causes_are_written_together(django_assert_max_num_queries):
    first, second = (
        publish(Measured(happened_at=AT, value=value, origin=source, batch=BATCH))
        for value, source in ((1, Origin.IMPORT), (2, Origin.DEMO))
    )

    with django_assert_max_num_queries(4):
        told = publish_many(
            [Measured(happened_at=AT, value=value) for value in (3, 4, 5)],
            causes=[first, second, None],
        )

    rows = FactRecord.objects.filter(pk__in=[fact.id for fact in told]).order_by("pk")
    assert list(rows.values_list("caused_by", "origin", "batch")) == [
        (first.id, "import", BATCH),
        (second.id, "demo", BATCH),
        (None, "live", None),
    ]


def test_what_an_import_brings_about_is_of_its_batch(run_background):
    with origin(Origin.IMPORT, batch=BATCH):
        publish(Echoed(happened_at=AT, subject=1))

    run_background()

    assert sources(depth__gt=0) == [("import", BATCH)] * 10


def test_what_a_live_act_led_to_stands_when_the_act_is_taken_back():
    with origin(Origin.LIVE, batch=BATCH):
        cause = publish(Measured(happened_at=AT, value=1))
    with caused_by(cause):
        publish(Measured(happened_at=AT, value=2))

    retract(batch=BATCH, at=AT)

    standing = FactRecord.objects.standing().filter(name=Measured.name)
    assert list(standing.values_list("payload__value", flat=True)) == [2]


def test_caused_by_gives_cause_and_depth():
    cause = publish(Measured(happened_at=AT, value=1))

    with caused_by(cause):
        fact = publish(Measured(happened_at=AT, value=2))

    record = FactRecord.objects.get(pk=fact.id)
    assert (record.caused_by_id, record.depth, fact.depth) == (cause.id, 1, 1)


def test_unknown_fact_cannot_be_published():
    with pytest.raises(TypeError, match=r"lab\.gone is not ours"):
        publish(UnknownFact(happened_at=AT, stored_name="lab.gone", stored_version=1, raw={}))


def test_retracted_facts_stand_no_longer_and_are_told_of_once(run_background):
    with origin(Origin.IMPORT, batch=BATCH):
        step_through(3)
    step_through(1, first=3)

    count = retract(batch=BATCH, at=AT)
    again = retract(batch=BATCH, at=AT + timedelta(days=1))
    run_background()

    standing = FactRecord.objects.standing().order_by("id").values_list("name", flat=True)
    assert (count, again, seen("retracted")) == (3, 0, [3])
    assert list(standing) == [Stepped.name, FactsRetracted.name]
    assert set(FactRecord.objects.exclude(retracted_at=None).values_list("retracted_at")) == {(AT,)}


def test_who_has_not_reached_a_retracted_fact_never_sees_it(run_background):
    with origin(Origin.IMPORT, batch=BATCH):
        step_through(2)
    run_background()
    with origin(Origin.IMPORT, batch=BATCH):
        step_through(2, first=2)

    retract(batch=BATCH, at=AT)
    run_background()

    assert seen() == [0, 1]


def test_retraction_came_the_way_its_facts_came():
    with origin(Origin.IMPORT, batch=BATCH):
        step_through(1)

    retract(batch=BATCH, at=AT)

    assert sources(name=FactsRetracted.name) == [("import", BATCH)]
