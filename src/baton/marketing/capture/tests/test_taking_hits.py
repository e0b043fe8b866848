from datetime import timedelta
from uuid import uuid4

import pytest

from baton.core.facts.models import FactRecord
from baton.marketing.capture.actions import take_hits, tell_visits
from baton.marketing.capture.models import Hit, Visit, Visitor
from baton.marketing.capture.tests.factories import AT, DIRECT, PLANTS, a_hit, a_page
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db


def test_hits_become_a_visitor_and_visits():
    visitor = uuid4()
    hits = [
        a_hit(visitor, source=PLANTS),
        a_hit(visitor, minute=5),
        a_hit(visitor, minute=90),
    ]

    count = take_hits(hits=hits)

    visits = Visit.objects.order_by("started_at").values_list("channel", "campaign", "hit_count")
    assert count == 3
    assert list(visits) == [("paid_social", "linkedin-plants", 2), ("direct", "", 1)]
    assert list(Visitor.objects.values_list("key", "consented_at")) == [(visitor, AT)]


def test_consent_of_somebody_new_is_as_old_as_their_first_hit():
    visitor = uuid4()
    later = [AT + timedelta(minutes=minute) for minute in (0, 5)]

    take_hits(hits=[a_hit(visitor, consented_at=at) for at in later])

    assert Visitor.objects.get().consented_at == AT


def test_hits_taken_twice_count_once():
    hits = [a_hit(uuid4(), minute=minute) for minute in range(3)]
    take_hits(hits=hits[:2])

    count = take_hits(hits=[*hits, hits[2]])

    assert count == 1
    assert Hit.objects.count() == 3
    assert sum(Visit.objects.values_list("hit_count", flat=True)) == 3


def test_later_hits_grow_the_visit():
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor, source=PLANTS)])

    take_hits(hits=[a_hit(visitor, minute=10), a_hit(visitor, minute=20)])

    visit = Visit.objects.get()
    assert (visit.hit_count, visit.campaign) == (3, "linkedin-plants")
    assert visit.ended_at == AT + timedelta(minutes=20)


def test_hit_of_a_page_that_is_gone_is_kept():
    page = a_page()
    visitor = uuid4()

    take_hits(hits=[a_hit(visitor, page_id=page.pk), a_hit(visitor, minute=1, page_id=10**9)])

    assert list(Hit.objects.order_by("at").values_list("page", flat=True)) == [page.pk, None]


def test_many_visitors_take_few_statements(django_assert_max_num_queries):
    hits = [a_hit(uuid4(), minute=minute) for minute in range(60)]

    with django_assert_max_num_queries(12):
        take_hits(hits=hits)


def test_visit_of_a_known_person_is_told_once_when_it_is_over():
    person = a_person()
    visitor = Visitor.objects.create(consented_at=AT, person=person, known_at=AT)
    take_hits(
        hits=[
            a_hit(visitor.key, source=PLANTS, title="Welcome"),
            a_hit(visitor.key, minute=1, title="Pricing"),
            a_hit(visitor.key, minute=2, title="Welcome"),
        ]
    )

    early = tell_visits(at=AT + timedelta(minutes=31))
    told = tell_visits(at=AT + timedelta(minutes=33))
    again = tell_visits(at=AT + timedelta(minutes=34))

    [fact] = FactRecord.objects.filter(name="visit.made")
    assert (early, told, again) == (0, 1, 0)
    assert (fact.person_id, fact.happened_at) == (person.pk, AT)
    assert fact.payload["pages"] == ["Welcome", "Pricing"]
    assert fact.payload["campaign"] == "linkedin-plants"


def test_visit_of_a_stranger_is_no_fact():
    take_hits(hits=[a_hit(uuid4(), source=DIRECT)])

    tell_visits(at=AT + timedelta(days=1))

    assert not FactRecord.objects.filter(name="visit.made").exists()
