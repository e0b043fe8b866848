import pytest

from baton.core.changes.actions import LostRace, restore_record, undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.records.people import actions
from baton.records.people.models import Company, Person
from baton.records.people.queries import person_by_email
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


def edit(person, by=None, version=None, **values):
    return actions.edit_person(person=person, values=values, version=version, by=by, at=AT)


def emails(person):
    rows = person.emails.filter(deleted_at=None).order_by("-is_primary", "pk")
    return list(rows.values_list("address", flat=True))


def facts(name):
    return [record.payload for record in FactRecord.objects.filter(name=name).order_by("pk")]


def latest_batch():
    return Change.objects.latest("pk").batch


def test_edit_writes_what_differs_and_tells_it(rep):
    person = a_person(job_title="Buyer", country="Germany")

    edited = edit(person, by=rep, job_title="Head of energy", country="Germany")

    assert (edited.job_title, edited.version) == ("Head of energy", 2)
    change = Change.objects.get(verb="edited")
    assert (change.before, change.after) == (
        {"job_title": "Buyer"},
        {"job_title": "Head of energy"},
    )
    assert facts("person.changed") == [{"fields": ["job_title"], "former_company_id": 0}]
    assert FactRecord.objects.get(name="person.changed").actor_id == rep.pk


def test_edit_without_difference_leaves_no_trace():
    person = a_person(job_title="Buyer")

    same = edit(person, version=99, job_title="Buyer", emails=[emails(person)[0]])

    assert same.version == 1
    assert not Change.objects.filter(verb="edited").exists()
    assert facts("person.changed") == []


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (
            {"full_name": "Ann van der Lind"},
            ("Ann", "van der Lind", "Ann van der Lind", "van der lind ann"),
        ),
        ({"last_name": "Lund"}, ("Jonas", "Lund", "Jonas Lund", "lund jonas")),
        ({"first_name": "", "last_name": ""}, ("", "", "j@halden.example", "j@halden.example")),
    ],
)
def test_name_is_made_anew_from_the_part_that_was_edited(values, names):
    person = a_person(full_name="Jonas Berg", emails=["j@halden.example"])

    edited = edit(person, **values)

    assert (edited.first_name, edited.last_name, edited.full_name, edited.sort_key) == names


def test_name_may_not_vanish():
    person = a_person(full_name="Jonas Berg", emails=[])

    with pytest.raises(actions.NoName):
        edit(person, full_name=" ")


@pytest.mark.parametrize("values", [{"job_title": "Head"}, {"emails": ["new@halden.example"]}])
def test_who_saves_second_loses_the_race_and_writes_nothing(values):
    person = a_person(job_title="Buyer", emails=["ann@halden.example"])
    edit(person, version=1, job_title="Buyer of energy")

    with pytest.raises(LostRace):
        edit(person, version=1, **values)

    person.refresh_from_db()
    assert (person.job_title, emails(person)) == ("Buyer of energy", ["ann@halden.example"])


def test_shown_values_cannot_be_edited():
    with pytest.raises(TypeError, match="stage"):
        edit(a_person(), stage="customer")


def test_addresses_are_added_made_primary_and_removed():
    person = a_person(emails=["one@halden.example"])

    edit(person, emails=["one@halden.example", "Two@halden.example"])
    edit(person, emails=["three@halden.example", "one@halden.example", "two@halden.example"])
    edit(person, emails=["three@halden.example", "one@halden.example", "ONE@halden.example"])

    assert emails(person) == ["three@halden.example", "one@halden.example"]
    assert facts("person.changed") == [{"fields": ["emails"], "former_company_id": 0}] * 3


def test_phones_are_added_made_primary_and_removed():
    person = a_person(phones=["+46 8 555 0137"], country="Germany")

    edit(person, phones=["030 123456", "+46 8 555 0137"])
    edit(person, phones=["030 123456"])

    assert list(person.phones.values_list("e164", "is_primary")) == [("+4930123456", True)]


def test_address_of_another_cannot_be_added():
    a_person(emails=["ann@halden.example"])
    person = a_person(emails=["ben@halden.example"])

    with pytest.raises(actions.EmailTaken):
        edit(person, emails=["ben@halden.example", "Ann@halden.example"])

    assert emails(person) == ["ben@halden.example"]


def test_disguised_address_is_flagged():
    person = a_person(emails=["\u0430nn@halden.example", "ann@halden.example"])

    assert list(person.emails.order_by("pk").values_list("is_mixed", flat=True)) == [True, False]


def test_undo_of_an_edit_brings_back_each_field_that_nobody_touched_since(rep):
    company = a_company()
    person = a_person(full_name="Ann Lund", job_title="Buyer", emails=["ann@halden.example"])
    edit(
        person,
        by=rep,
        full_name="Ann Holm",
        job_title="Head",
        company=company,
        owner=rep,
        emails=["new@halden.example"],
    )
    batch = latest_batch()
    edit(person, job_title="Chief")

    outcome = undo(batch=batch, by=rep, at=AT)

    person.refresh_from_db()
    assert (person.full_name, person.sort_key, person.company, person.owner) == (
        "Ann Lund",
        "lund ann",
        None,
        None,
    )
    assert (person.job_title, emails(person)) == ("Chief", ["ann@halden.example"])
    assert outcome.kept_fields == ["job_title"]
    assert facts("person.owner_changed") == [
        {"owner_id": rep.pk, "former_owner_id": 0},
        {"owner_id": 0, "former_owner_id": rep.pk},
    ]


def test_owner_is_assigned_once_and_told(rep, colleague):
    person = a_person(owner=rep)

    actions.assign_owner(person=person, owner=colleague, by=rep, at=AT)
    again = actions.assign_owner(person=person, owner=colleague, by=rep, at=AT)

    assert (again.owner, again.version) == (colleague, 2)
    assert facts("person.owner_changed") == [{"owner_id": colleague.pk, "former_owner_id": rep.pk}]


def test_owners_of_many_are_assigned_and_taken_back(rep, colleague, django_assert_num_queries):
    people = [a_person(owner=owner) for owner in (rep, None, colleague)]

    batch = actions.assign_owners(
        people_ids=[person.pk for person in people], owner=colleague, by=rep, at=AT
    )
    undo(batch=batch, by=rep, at=AT)

    assert [Person.objects.get(pk=person.pk).owner for person in people] == [rep, None, colleague]


def test_deleted_person_is_hidden_and_comes_back_with_the_address(admin):
    person = a_person(emails=["ann@halden.example"])

    batch = actions.trash_people(people_ids=[person.pk], by=admin, at=AT)

    assert not Person.objects.visible_to(admin).exists()
    assert person_by_email("ann@halden.example") is None
    assert len(facts("person.deleted")) == 1

    undo(batch=batch, by=admin, at=AT)

    assert Person.objects.visible_to(admin).get() == person
    assert person_by_email("ann@halden.example") == person
    assert len(facts("person.restored")) == 1


def test_address_that_another_took_meanwhile_stays_in_the_trash():
    person = a_person(emails=["ann@halden.example", "lund@halden.example"])
    actions.trash_people(people_ids=[person.pk], by=None, at=AT)
    other = a_person(emails=["ann@halden.example"])

    restore_record(kind=actions.PERSON, record_id=person.pk, by=None, at=AT)

    assert person_by_email("ann@halden.example") == other
    assert emails(person) == ["lund@halden.example"]


def test_deleting_twice_tells_it_once():
    person = a_person()

    actions.trash_people(people_ids=[person.pk], by=None, at=AT)
    actions.trash_people(people_ids=[person.pk], by=None, at=AT)

    assert len(facts("person.deleted")) == 1
    assert Change.objects.filter(verb="deleted").count() == 1


def test_undo_of_a_creation_puts_the_person_away(rep):
    person = a_person(by=rep)

    undo(batch=latest_batch(), by=rep, at=AT)

    person.refresh_from_db()
    assert person.deleted_at == AT


def test_company_is_edited_deleted_and_taken_back(rep):
    company = a_company(name="Halden", domains=["halden.example"])
    actions.edit_company(
        company=company,
        values={"name": "Halden Foods", "domains": ["foods.example"], "employee_count": 40},
        version=1,
        by=rep,
        at=AT,
    )
    edit_batch = latest_batch()
    gone = actions.trash_companies(company_ids=[company.pk], by=rep, at=AT)
    a_company(domains=["foods.example"])

    undo(batch=gone, by=rep, at=AT)
    outcome = undo(batch=edit_batch, by=rep, at=AT)

    company = Company.objects.living().get(pk=company.pk)
    assert (company.name, company.sort_key, company.employee_count) == ("Halden", "halden", None)
    assert outcome.kept_fields == ["domains"]
    assert facts("company.changed")[0] == {"fields": ["domains", "employee_count", "name"]}
