from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.core.access.models import Share
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff, Offer, PoolMember, Rest
from baton.qualification.handoff.rules import Lane, State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.scoring.tests.factories import an_engagement_rule
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def told(*names):
    """The facts of these names, in order: name, person, payload."""
    rows = FactRecord.objects.filter(name__in=names).order_by("pk")
    return [(row.name, row.person_id, row.payload) for row in rows]


def by_score(person, at=AT):
    return actions.qualify_person(person_id=person.pk, at=at)


def scored(person, points=80):
    """The rule and the fact that give a person so many points, counted."""
    from_rule = an_engagement_rule(points=points, fact="visit.made", half_life_days=100)
    from_rule.parts.create(person=person, value=points, as_of=AT, half_life_days=100)
    return person


def test_raised_hand_is_offered_at_once_with_the_short_clock(north):
    teo = a_rep("Teo", team=north)
    a_default_pool(teo)
    an_agreement()
    person = a_person(channel="email")

    fact = a_form_sent(person, channel="search", campaign="spring")
    handoff = actions.qualify_person(person_id=person.pk, form=fact, at=AT)

    assert handoff is not None
    assert (handoff.rep, handoff.lane, handoff.state) == (teo, Lane.HAND_RAISE, State.OFFERED)
    assert handoff.accept_due_at == AT + timedelta(minutes=15)
    assert handoff.escalates_at == AT + timedelta(minutes=30)
    person.refresh_from_db()
    assert (person.stage, person.mql_channel, person.mql_campaign) == ("mql", "search", "spring")
    assert StageChange.objects.get(person=person).cause == "mql.reached"
    assert Share.objects.get().team == north
    assert [name for name, _, _ in told("mql.reached", "handoff.offered")] == [
        "mql.reached",
        "handoff.offered",
    ]


def test_form_that_the_agreement_does_not_name_hands_nobody_off():
    a_default_pool(a_rep())
    an_agreement()
    person = a_person()

    fact = a_form_sent(person, code="guide")

    assert actions.qualify_person(person_id=person.pk, form=fact, at=AT) is None
    assert not Handoff.objects.exists()


def test_nobody_is_handed_off_before_an_agreement_is_signed():
    person = a_person()

    assert actions.qualify_person(person_id=person.pk, form=a_form_sent(person), at=AT) is None


@pytest.mark.parametrize(("points", "is_handed_off"), [(70, True), (69, False)])
def test_threshold_makes_an_mql(points, is_handed_off):
    a_default_pool(a_rep())
    an_agreement()
    person = scored(a_person(), points)

    handoff = by_score(person)

    assert (handoff is not None) is is_handed_off


def test_why_an_mql_stands_in_the_brief():
    a_default_pool(a_rep())
    an_agreement()

    handoff = by_score(scored(a_person(said_source="A colleague")))

    assert handoff is not None
    assert handoff.reason == "Sent a form"
    assert handoff.accept_due_at == AT + timedelta(minutes=60)
    score = handoff.brief["score"]
    assert (score["score"], score["threshold"]) == (80, 70)
    assert [(part["points"], part["words"]) for part in score["parts"]] == [(80, "Sent a form")]
    assert handoff.brief["said_source"] == "A colleague"


def test_same_fact_twice_hands_off_once():
    a_default_pool(a_rep())
    an_agreement()
    person = a_person()
    fact = a_form_sent(person)

    first = actions.qualify_person(person_id=person.pk, form=fact, at=AT)
    again = actions.qualify_person(person_id=person.pk, form=fact, at=AT)

    assert first == again
    assert Offer.objects.count() == 1


def test_raised_hand_makes_an_open_offer_urgent():
    a_default_pool(a_rep())
    an_agreement()
    person = scored(a_person())
    offered = by_score(person)
    assert offered is not None
    fact = a_form_sent(person, at=AT + timedelta(minutes=10))

    for _ in range(2):
        actions.qualify_person(person_id=person.pk, form=fact, at=AT + timedelta(minutes=10))

    handoff = Handoff.objects.get()
    assert (handoff.lane, handoff.round) == (Lane.HAND_RAISE, 1)
    assert handoff.accept_due_at == AT + timedelta(minutes=25)
    assert Offer.objects.get().due_at == handoff.accept_due_at
    assert [form["code"] for form in handoff.brief["forms"]] == ["request-demo"]


def test_person_of_sales_keeps_their_stage_but_their_raised_hand_is_answered():
    teo = a_rep()
    a_default_pool(teo)
    person = a_person(origin="sales")

    handoff = a_handoff(person=person)
    actions.accept_handoff(handoff=handoff, by=teo, at=AT)

    person.refresh_from_db()
    assert (person.stage, person.owner) == ("lead", teo)
    assert told("mql.reached") == []


def test_score_of_a_person_of_sales_hands_nobody_off():
    a_default_pool(a_rep())
    an_agreement()

    assert by_score(scored(a_person(origin="sales"), 99)) is None


def test_customer_who_raises_a_hand_goes_to_their_owner_and_stays_a_customer():
    teo, sam = a_rep("Teo"), a_rep("Sam")
    a_default_pool(teo)
    person = a_person(owner=sam)
    move_person(person_id=person.pk, to_stage="customer", at=AT, cause="deal.won")

    handoff = a_handoff(person=person)

    person.refresh_from_db()
    assert (handoff.rep, person.stage) == (sam, "customer")
    assert told("mql.reached") == []


def test_owner_of_the_company_is_asked_before_the_turns():
    teo, sam = a_rep("Teo"), a_rep("Sam")
    a_default_pool(teo)

    handoff = a_handoff(person=a_person(company=a_company(owner=sam)))

    assert handoff.rep == sam
    assert [step["rule"] for step in handoff.offers.get().decision["tried"]] == [
        "recycle",
        "owner",
        "account",
    ]


def test_condition_sends_people_to_its_pool():
    teo, sam = a_rep("Teo"), a_rep("Sam")
    a_default_pool(teo)
    french = actions.create_pool(name="France", by=None, at=AT)
    actions.set_member(pool=french, user=sam, by=None, at=AT)
    actions.save_routing_rule(
        values={
            "name": "France",
            "condition": {"field": "person.country", "op": "is", "value": "France"},
            "pool": french,
            "position": 1,
        },
        by=None,
        at=AT,
    )

    handoffs = [a_handoff(person=a_person(country=land)) for land in ("France", "Germany")]

    assert [handoff.rep for handoff in handoffs] == [sam, teo]


def test_turns_are_taken_by_weight_over_many_offers():
    heavy, light = a_rep("Heavy"), a_rep("Light")
    pool = a_default_pool(light)
    actions.set_member(pool=pool, user=heavy, weight=2, by=None, at=AT)

    reps = [a_handoff().rep for _ in range(9)]

    assert (reps.count(heavy), reps.count(light)) == (6, 3)


def test_cap_counts_what_waits_for_an_answer():
    teo, sam = a_rep("Teo"), a_rep("Sam")
    pool = a_default_pool(sam)
    actions.set_member(pool=pool, user=teo, weight=5, open_cap=1, by=None, at=AT)

    reps = [a_handoff().rep for _ in range(4)]

    assert reps.count(teo) == 1


def test_away_is_skipped_and_comes_back_without_a_flood():
    teo, sam, ravi = a_rep("Teo"), a_rep("Sam"), a_rep("Ravi")
    pool = a_default_pool(teo, sam, ravi)
    actions.set_availability(user=teo, is_available=False, by=None, at=AT)
    away = [a_handoff().rep for _ in range(6)]

    actions.set_availability(user=teo, is_available=True, by=None, at=AT)
    back = [a_handoff().rep for _ in range(6)]

    assert away.count(teo) == 0
    assert [back.count(rep) for rep in (teo, sam, ravi)] == [2, 2, 2]
    credit = sum(PoolMember.objects.filter(pool=pool).values_list("credit", flat=True))
    assert credit == pytest.approx(0)


def test_lead_that_nobody_can_take_waits_in_the_queue_in_the_hours_of_the_house(north):
    ravi = a_rep("Ravi", team=north)
    _pool, queue = actions.ensure_pools(at=AT)
    actions.set_member(pool=queue, user=ravi, by=None, at=AT)

    handoff = a_handoff()

    assert (handoff.rep, handoff.pool, handoff.escalates_at) == (None, queue, None)
    assert handoff.accept_due_at == AT + timedelta(minutes=15)
    assert Share.objects.get().team == north
    [(_, _, payload)] = told("handoff.offered")
    assert payload["rep_id"] == 0


def test_clock_runs_in_the_hours_of_the_rep():
    teo = a_rep("Teo", zone="America/New_York")  # 04:00 there: five hours until they begin
    a_default_pool(teo)

    handoff = a_handoff()

    assert handoff.accept_due_at == AT.replace(hour=14, minute=15)


def test_resting_person_is_not_handed_off_by_score_but_by_their_hand():
    a_default_pool(a_rep())
    an_agreement()
    person = scored(a_person())
    Rest.objects.create(person=person, until=AT + timedelta(days=3))

    assert by_score(person) is None
    handoff = a_handoff(person=person)

    assert handoff.lane == Lane.HAND_RAISE
    assert Rest.objects.get().ended_at == AT


def test_database_holds_one_open_handoff_a_person():
    a_default_pool(a_rep())
    handoff = a_handoff()

    handoff.pk, handoff.fact_id, handoff.key = None, None, new_key()
    with pytest.raises(IntegrityError), transaction.atomic():
        handoff.save(force_insert=True)


def test_deleted_person_is_not_handed_off():
    a_default_pool(a_rep())
    an_agreement()
    person = a_person()
    fact = a_form_sent(person)
    Person.objects.filter(pk=person.pk).update(deleted_at=AT)

    assert actions.qualify_person(person_id=person.pk, form=fact, at=AT) is None
