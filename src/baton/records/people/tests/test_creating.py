from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.records.people import actions
from baton.records.people.actions import creating, lists
from baton.records.people.models import Company, Person
from baton.records.people.queries import (
    company_by_domain,
    company_by_name,
    people_by_external_ids,
    people_matching,
    person_by_email,
    person_by_external_id,
)
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


def test_person_is_created_with_all_that_hangs_on_them(rep):
    company = a_company(name="Halden Foods")

    person = actions.create_person(
        at=AT,
        origin="sales",
        by=rep,
        first_name="Jonas",
        last_name="Berg",
        emails=["J.Berg@halden.example", "jonas@other.example"],
        phones=["030 123456"],
        country="Germany",
        company=company,
        owner=rep,
        external_ids={"crm": "77"},
        custom={"size": "3"},
    )

    person.refresh_from_db()
    assert (person.full_name, person.sort_key, person.origin) == (
        "Jonas Berg",
        "berg jonas",
        "sales",
    )
    assert (person.company, person.owner, person.custom) == (company, rep, {"size": "3"})
    assert list(
        person.emails.order_by("pk").values_list("address", "normalised", "is_primary")
    ) == [
        ("J.Berg@halden.example", "j.berg@halden.example", True),
        ("jonas@other.example", "jonas@other.example", False),
    ]
    assert list(person.phones.values_list("e164", "is_primary")) == [("+4930123456", True)]
    assert person_by_external_id("crm", "77") == person
    fact = FactRecord.objects.get(name="person.created")
    assert (fact.person_id, fact.company_id, fact.actor_id) == (person.pk, company.pk, rep.pk)
    assert fact.payload == {"person_origin": "sales", "channel": "", "campaign": ""}
    change = Change.objects.get(object_type="person", object_id=person.pk)
    assert (change.verb, change.by, change.at) == ("created", rep, AT)


def test_many_people_are_created_with_few_statements(django_assert_max_num_queries):
    def new(count: int, mark: str) -> list[actions.NewPerson]:
        return [
            {
                "at": AT,
                "origin": "marketing",
                "emails": [f"{mark}{i}@halden.example"],
                "external_ids": {"crm": f"{mark}{i}"},
            }
            for i in range(count)
        ]

    with django_assert_max_num_queries(12):
        actions.create_people(new=new(60, "a"))

    assert Person.objects.count() == 60
    assert FactRecord.objects.filter(name="person.created").count() == 60
    assert len(people_by_external_ids("crm", [f"a{i}" for i in range(60)])) == 60


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"phones": ["+46 8 555 0137"]}, "+46 8 555 01 37"),
        ({"external_ids": {"crm": "dac32acd4db4c29c230538b72f8dd87d"}}, "dac32acd4db4"),
        ({"emails": ["info@halden.example"]}, "info@halden.example"),
    ],
)
def test_person_without_a_name_is_called_by_what_is_known(given, shown):
    assert actions.create_person(at=AT, origin="marketing", **given).full_name == shown


def test_nobody_is_refused():
    with pytest.raises(actions.NoName):
        actions.create_person(at=AT, origin="sales")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"emails": ["nonsense"]}, actions.BadAddress),
        ({"job_title": "x" * 161}, actions.TooLong),
        ({"full_name": "x" * 251}, actions.TooLong),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(given, refusal):
    with pytest.raises(refusal):
        a_person(**given)

    assert Person.objects.count() == FactRecord.objects.count() == 0


def test_address_of_another_is_refused_in_words():
    a_person(full_name="Ann Lund", emails=["ann@halden.example"])

    with pytest.raises(actions.EmailTaken, match=r"ann@halden\.example is somebody else"):
        a_person(emails=["ANN@halden.example"])


def test_two_at_once_with_one_address_are_one_person(monkeypatch):
    """Both have looked and found nobody; the unique index decides, the loser reads the winner."""
    winner = a_person(emails=["ann@halden.example"])
    real, looks = lists.refuse_taken, []

    def late(wanted, **rest):
        looks.append(wanted)
        if len(looks) > 1:
            real(wanted, **rest)

    monkeypatch.setattr(creating, "people_by_emails", lambda emails: {})
    monkeypatch.setattr(creating, "refuse_taken", late)

    found, is_new = actions.find_or_create_person(
        at=AT, origin="marketing", emails=["Ann@halden.example"]
    )

    assert (found, is_new, len(looks)) == (winner, False, 2)
    assert Person.objects.count() == 1


def test_name_in_another_system_that_is_taken_is_refused():
    a_person(external_ids={"crm": "1"})

    with pytest.raises(actions.ExternalIdTaken):
        a_person(external_ids={"crm": "1"})

    assert Person.objects.count() == 1


def test_known_address_finds_its_person_and_changes_nothing():
    ann = a_person(full_name="Ann Lund", emails=["ann@halden.example"])

    found, is_new = actions.find_or_create_person(
        at=AT,
        origin="sales",
        full_name="Somebody",
        emails=["new@halden.example", "ANN@halden.example"],
    )

    assert (found, is_new, found.full_name) == (ann, False, "Ann Lund")


def test_address_in_the_trash_is_free_again():
    gone = a_person(emails=["ann@halden.example"])
    actions.trash_people(people_ids=[gone.pk], by=None, at=AT)

    found, is_new = actions.find_or_create_person(
        at=AT, origin="marketing", emails=["ann@halden.example"]
    )

    assert is_new
    assert person_by_email("ann@halden.example") == found


def test_people_are_found_by_the_beginning_of_words_of_name_address_and_company():
    ann = a_person(full_name="Ann Lund", emails=["al@halden.example"])
    ben = a_person(full_name="Ben Okafor", emails=["lundberg@halden.example"])
    cher = a_person(full_name="Cher", emails=["cher@lund.example"])
    eve = a_person(full_name="Eve Zander", company=a_company(name="Lundén Pumps"))

    asked = (" LUND ", "Ann Lund", "lu an", "Ann Berg", "und", "lunden eve", "cher@lund", "Łund")

    found = [set(people_matching(Person.objects.all(), text)) for text in asked]

    everybody = {ann, ben, cher, eve}
    assert found == [everybody, {ann}, {ann}, set(), set(), {eve}, {cher}, everybody]


def test_company_is_created_with_domains_and_found_by_them(rep):
    company = actions.create_company(
        name=" Halden  Foods ",
        at=AT,
        by=rep,
        domains=["https://www.halden.example/"],
        industry="Food",
    )

    assert (company.name, company.sort_key) == ("Halden Foods", "halden foods")
    assert company_by_domain("HALDEN.example") == company
    assert company_by_name("halden foods") == company
    assert FactRecord.objects.get(name="company.created").company_id == company.pk


def test_company_is_found_by_domain_before_name():
    halden = a_company(name="Halden", domains=["halden.example"])
    orbis = a_company(name="Orbis")

    assert actions.find_or_create_company(name="Orbis", domain="halden.example", at=AT) == (
        halden,
        False,
    )
    assert actions.find_or_create_company(name="ORBIS", at=AT) == (orbis, False)
    assert actions.find_or_create_company(domain="gmail.com", at=AT) == (None, False)
    new, is_new = actions.find_or_create_company(domain="new.example", at=AT)
    assert new is not None
    assert (new.name, is_new) == ("new.example", True)


def test_two_companies_with_one_domain_are_refused():
    a_company(name="Halden", domains=["halden.example"])

    with pytest.raises(actions.DomainTaken, match=r"halden\.example is another company"):
        a_company(domains=["www.halden.example"])

    assert Company.objects.count() == 1


def test_what_happened_long_ago_is_dated_so():
    then = datetime(2017, 12, 1, tzinfo=UTC)

    person = a_person(at=then)

    assert FactRecord.objects.get(person_id=person.pk).happened_at == then


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="One writer at a time, and the test's database is its own"
)
def test_many_at_once_with_one_address_are_one_person():
    at_once = Barrier(6)

    def come_in(place):
        try:
            at_once.wait()
            person, is_new = actions.find_or_create_person(
                at=AT, origin="marketing", full_name=f"Ann {place}", emails=["ann@halden.example"]
            )
            return person.pk, is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(come_in, range(6)))

    assert Person.objects.count() == 1
    assert len({pk for pk, _is_new in answers}) == 1
    assert sum(is_new for _pk, is_new in answers) == 1
