"""Whose a lead is before anybody takes turns: named accounts, territories; and going on rightly."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core import filters
from baton.core.access.actions import edit_user
from baton.core.facts.models import FactRecord
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import (
    Handoff,
    NamedAccount,
    Offer,
    Pool,
)
from baton.qualification.handoff.queries.book import values_of
from baton.qualification.handoff.readback import decision_lines
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, a_rep
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE = timedelta(minutes=1)


def a_territory(name, *, by=None, **values):
    return actions.save_territory(values={"name": name, **values}, by=by, at=AT)


def a_pool(name, *reps, **values):
    pool = actions.create_pool(name=name, by=None, at=AT)
    for rep in reps:
        actions.set_member(pool=pool, user=rep, by=None, at=AT)
    return actions.edit_pool(pool=pool, values=values, by=None, at=AT) if values else pool


def lines_of(handoff):
    latest = handoff.offers.order_by("-round").first()
    return [line.words for line in decision_lines(latest.decision)]


@pytest.mark.parametrize(
    ("marks", "person", "lies_there"),
    [
        ({"countries": ["France"]}, {"country": "france"}, True),
        ({"countries": ["France"]}, {"country": "Spain"}, False),
        # Codes and names of one country are alike.
        ({"countries": ["Germany"]}, {"country": "DE"}, True),
        ({"countries": ["de"]}, {"at": {"country": "Deutschland"}}, True),
        ({"countries": ["Germany"]}, {"country": "AT"}, False),
        # The company's place goes before the person's own.
        ({"countries": ["France"]}, {"country": "Spain", "at": {"country": "France"}}, True),
        ({"countries": ["France"]}, {"country": "France", "at": {"country": "Spain"}}, False),
        ({"regions": ["Bavaria"]}, {"at": {"region": "Bavaria"}}, True),
        ({"postcodes": ["69", "38"]}, {"at": {"postcode": "69003"}}, True),
        ({"postcodes": ["69", "38"]}, {"at": {"postcode": "75001"}}, False),
        ({"industries": ["Dairy"]}, {"at": {"industry": "Dairy"}}, True),
        ({"size_from": 100, "size_to": 500}, {"at": {"employee_count": 500}}, True),
        ({"size_from": 100}, {"at": {"employee_count": 99}}, False),
        ({"size_from": 100}, {}, False),
        # All marks must hold.
        ({"countries": ["France"], "size_from": 9}, {"at": {"country": "France"}}, False),
    ],
)
def test_territory_is_known_by_its_marks(teo, ravi, marks, person, lies_there):
    a_default_pool(teo)
    a_territory("Ours", rep=ravi, **marks)
    at = person.pop("at", None)
    company = a_company(**at) if at else None

    handoff = a_handoff(person=a_person(company=company, **person))

    assert handoff.rep == (ravi if lies_there else teo)


def test_company_that_bears_its_name_lies_in_a_territory_whatever_the_marks_say(teo, ravi):
    a_territory("South", rep=teo, countries=["Germany"])
    a_territory("North", rep=ravi, countries=["Norway"])
    company = a_company(country="Germany", territory="north")

    handoff = a_handoff(person=a_person(company=company))

    assert handoff.rep == ravi
    assert "Lies in North" in lines_of(handoff)


def test_named_account_goes_before_territory_by_company_and_by_domain(teo, ravi):
    sam = a_rep("Sam")
    a_territory("Germany", rep=teo, countries=["Germany"])
    big = a_company(name="Big Dairy", country="Germany")
    actions.name_accounts(text="Big Dairy\nsable.example", rep=ravi, by=None, at=AT)

    at_big = a_handoff(person=a_person(company=big))
    by_mail = a_handoff(person=a_person(emails=["clara@sable.example"], country="Germany"))
    actions.name_accounts(text="sable.example, Sam", by=None, at=AT)
    moved = a_handoff(person=a_person(emails=["ida@sable.example"]))
    other = a_handoff(person=a_person(country="Germany"))

    assert [one.rep for one in (at_big, by_mail, moved, other)] == [ravi, ravi, sam, teo]
    assert "Named account: Big Dairy" in lines_of(at_big)


def test_pasted_list_says_of_each_line_what_became_of_it(teo, ravi):
    a_default_pool(teo)
    a_pool("Key accounts", ravi)
    a_company(name="Big Dairy")
    text = (
        "Big Dairy;Key accounts\nhttps://www.Halden.example/jobs\ngmail.com\nNobody Ltd\n"
        "x.example,Eve\n\n"
    )

    done = actions.name_accounts(text=text, rep=teo, by=None, at=AT)

    assert (done.added, done.moved, done.same) == (2, 0, 0)
    assert [line.partition(":")[0] for line in done.refused] == ["Line 3", "Line 4", "Line 5"]
    rows = {str(row): (row.rep or row.pool) for row in NamedAccount.objects.living()}
    assert rows == {"Big Dairy": Pool.objects.get(name="Key accounts"), "halden.example": teo}
    again = actions.name_accounts(text=text, rep=teo, by=None, at=AT)
    assert (again.added, again.moved, again.same) == (0, 0, 2)


def test_pull_queue_is_its_members_and_goes_on_after_its_own_clock(teo, ravi):
    sam = a_rep("Sam")
    a_default_pool(sam)
    pool = a_pool("France", teo, is_pull=True, clock_minutes=15)
    a_territory("France", pool=pool, countries=["France"])

    lead = a_handoff(person=a_person(country="France"))

    assert (lead.rep, lead.pool, lead.accept_due_at) == (None, pool, AT + 15 * MINUTE)
    assert [Handoff.objects.visible_to(user).count() for user in (teo, ravi)] == [1, 0]
    assert "Lies in the queue of France until one of them takes it" in lines_of(lead)
    assert lead.escalates_at
    actions.escalate_overdue(at=lead.escalates_at)
    lead.refresh_from_db()
    assert (lead.rep, lead.round) == (sam, 2)


def test_catch_all_has_its_own_clock_and_passes_on_once(teo):
    _pool, queue = actions.ensure_pools(at=AT)
    chief = a_pool("Chiefs", teo)
    values = {"clock_minutes": 20, "escalates_to": chief}
    actions.edit_pool(pool=queue, values=values, by=None, at=AT)

    lead = a_handoff()
    assert (lead.rep, lead.accept_due_at) == (None, AT + 20 * MINUTE)
    rounds = []
    while lead.escalates_at:
        actions.escalate_overdue(at=lead.escalates_at)
        lead.refresh_from_db()
        rounds.append(lead.rep)

    assert rounds == [teo, None]  # and there it stays, and late


def test_ring_of_pools_is_refused_by_name(teo):
    north, south = a_pool("North", teo), a_pool("South", teo)
    actions.edit_pool(pool=north, values={"escalates_to": south}, by=None, at=AT)

    with pytest.raises(actions.BadPool, match="South → North → South"):
        actions.edit_pool(pool=south, values={"escalates_to": north}, by=None, at=AT)
    with pytest.raises(actions.BadPool, match="Another pool passes on"):
        actions.delete_pool(pool=south, by=None, at=AT)
    south.refresh_from_db()
    assert (south.escalates_to, south.deleted_at) == (None, None)


def test_wrong_territory_goes_on_at_once_and_rightly(teo, ravi):
    sam = a_rep("Sam")
    a_default_pool(sam)
    a_territory("Germany", pool=a_pool("DACH", teo, a_rep("Uwe")), countries=["Germany"])
    ohio = a_territory("Ohio", rep=ravi, regions=["Ohio"])
    lead = a_handoff(person=a_person(country="Germany"))
    assert lead.rep == teo

    actions.reject_handoff(
        handoff=lead, reason="wrong_territory", territory=ohio, by=teo, at=AT, note="Buys in Ohio"
    )

    lead.refresh_from_db()
    assert (lead.state, lead.rep, lead.round, lead.verdict) == ("offered", ravi, 2, "")
    first = lead.offers.get(round=1)
    assert (first.outcome, first.note, first.territory) == ("redirected", "Buys in Ohio", ohio)
    assert FactRecord.objects.filter(name="handoff.redirected").count() == 1
    actions.reject_handoff(handoff=lead, reason="wrong_territory", by=ravi, at=AT)
    lead.refresh_from_db()
    assert lead.rep == sam  # not the other one of Germany: it does not lie there


def test_all_leads_of_one_who_left_go_on_with_as_many_statements(teo):
    stays = a_rep("Stays")
    a_default_pool(stays)

    def leave(count):
        gone = a_rep()
        leads = [a_handoff(rep=gone) for _ in range(count)]
        actions.accept_handoff(handoff=leads[0], by=gone, at=AT)
        edit_user(user=gone, values={"is_active": False})
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert actions.pass_on_departed(at=AT + MINUTE) == count
        assert {one.rep for one in Handoff.objects.filter(pk__in=[x.pk for x in leads])} == {stays}
        return len(asked)

    assert leave(1) == leave(8)
    assert actions.pass_on_departed(at=AT + 2 * MINUTE) == 0
    states = Handoff.objects.values_list("state", flat=True)
    assert set(states) == {"offered"}


def test_everybody_on_leave_leaves_the_lead_in_the_queue(teo):
    a_default_pool(teo)
    actions.set_availability(user=teo, is_available=False, by=None, at=AT)

    lead = a_handoff()

    assert lead.pool
    assert (lead.rep, lead.pool.is_catch_all) == (None, True)
    assert "Everybody: nobody is free" in lines_of(lead)


def test_hand_raised_ten_times_is_one_handoff(teo, ravi):
    a_default_pool(teo, ravi)
    person = a_person()

    for number in range(10):
        a_handoff(person=person, at=AT + number * MINUTE)

    assert (Handoff.objects.count(), Offer.objects.count()) == (1, 1)


def test_conditions_asked_in_memory_are_those_of_the_database(teo, ravi):
    a_person(country="France", owner=teo, language="fr", company=a_company(employee_count=40))
    a_person(country="Spain", job_title="Head of Plants", score=70)
    a_person(full_name="Ida", company=a_company(industry="Dairy", postcode="69003"))
    trees: list[dict[str, Any]] = [
        {"all": []},
        {"field": "person.country", "op": "is", "value": "FRANCE"},
        {"field": "person.owner", "op": "is_empty"},
        {"field": "person.owner", "op": "is", "value": teo.pk},
        {"field": "person.employee_count", "op": "between", "value": [10, 50]},
        {"not": {"field": "person.industry", "op": "is", "value": "Dairy"}},
        {"field": "person.company_postcode", "op": "starts_with", "value": "69"},
        {"field": "person.tags", "op": "is_empty"},
        {"field": "person.email_domain", "op": "is_set"},
        {"field": "person.bounced", "op": "is", "value": False},
        {"any": [{"field": "person.score", "op": ">=", "value": 70}]},
    ]
    chosen = [filters.parse(tree, object_type="person") for tree in trees]
    ids = list(Person.objects.values_list("pk", flat=True))
    zone = organisation_zone()

    with CaptureQueriesContext(connection) as asked:
        values = values_of(ids, chosen)
    for one in chosen:
        by_hand = {pk for pk in ids if filters.Matching(values[pk], at=AT, zone=zone).fits(one)}
        found = Person.objects.filter(filters.compile(one, at=AT, zone=zone))
        assert by_hand == set(found.values_list("pk", flat=True))

    assert len(asked) == 1
