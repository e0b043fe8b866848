"""What files bring into people and companies, beyond what the story of a whole import shows."""

from decimal import Decimal
from uuid import uuid4

import pytest

from baton.core.access.imports import upsert_users
from baton.core.access.models import User
from baton.core.offers import ImportRow, ImportRun
from baton.records.people.actions import edit_person, trash_companies, trash_people
from baton.records.people.actions.tracking import write_person
from baton.records.people.imports.companies import upsert_companies
from baton.records.people.imports.people import upsert_people
from baton.records.people.imports.which import CompaniesCheck
from baton.records.people.imports.who import PeopleCheck
from baton.records.people.models import Company, CompanyDomain, EmailAddress, Person
from baton.records.people.queries import domains_of, emails_of, phones_of
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db
RUN = ImportRun(source="crm", at=AT, batch=uuid4(), currency="EUR")


def rows(*objects):
    """Each a key and its fields."""
    return [ImportRow(key=key, values=values) for key, values in objects]


def told(verdicts):
    return [(verdict.status.value, verdict.field) for verdict in verdicts]


def test_company_comes_after_its_parents_wherever_they_stand_in_the_file():
    verdicts = upsert_companies(
        rows(
            ("leaf", {"parent": "branch"}),
            ("branch", {"parent": "root"}),
            ("root", {"name": "Root"}),
            ("orphan", {"parent": "nobody"}),
        ),
        RUN,
    )

    assert told(verdicts) == [("created", "")] * 3 + [("failed", "parent")]
    leaf = Company.objects.select_related("parent__parent").get(name="leaf")
    assert leaf.parent
    assert leaf.parent.parent
    assert (leaf.parent.name, leaf.parent.parent.name) == ("branch", "Root")
    assert Company.objects.count() == 3


def test_companies_that_are_each_others_parents_fail():
    verdicts = upsert_companies(rows(("a", {"parent": "b"}), ("b", {"parent": "a"})), RUN)

    assert told(verdicts) == [("failed", "parent")] * 2
    assert Company.objects.count() == 0


def test_known_company_may_get_a_parent_that_is_new_in_the_same_file():
    upsert_companies(rows(("a", {"city": "Oslo"})), RUN)

    verdicts = upsert_companies(rows(("a", {"parent": "b", "city": None}), ("b", {})), RUN)

    assert told(verdicts) == [("updated", ""), ("created", "")]
    company = Company.objects.select_related("parent").get(name="a")
    assert (str(company.parent), company.city) == ("b", "Oslo")


def test_second_company_of_a_domain_fails_alone():
    verdicts = upsert_companies(
        rows(
            ("a", {"domain": "halden.example"}),
            ("b", {"domain": "www.halden.example"}),
            ("c", {"domain": "orbis.example"}),
        ),
        RUN,
    )

    assert told(verdicts) == [("created", ""), ("failed", "domain"), ("created", "")]
    assert "halden.example is another company's already" in verdicts[1].message


def test_many_companies_are_written_with_few_statements(django_assert_max_num_queries):
    many = rows(*((f"c{number}", {"domain": f"c{number}.example"}) for number in range(60)))

    with django_assert_max_num_queries(12):
        upsert_companies(many, RUN)

    assert Company.objects.count() == 60


def test_second_person_of_an_address_fails_alone():
    verdicts = upsert_people(
        rows(
            ("1", {"email": "ann@halden.example"}),
            ("2", {"email": "Ann@Halden.example"}),
            ("3", {"email": "bo@halden.example"}),
        ),
        RUN,
    )

    assert told(verdicts) == [("created", ""), ("failed", "email"), ("created", "")]
    assert "somebody else's already" in verdicts[1].message
    assert Person.objects.count() == 2


def test_empty_cell_says_nothing_unless_it_is_a_value():
    upsert_people(
        rows(("1", {"full_name": "Ann Lund", "job_title": "Buyer", "country": "Norway"})), RUN
    )

    verdicts = upsert_people(rows(("1", {"job_title": "", "country": None})), RUN)

    assert told(verdicts) == [("updated", "")]
    person = Person.objects.get()
    assert (person.full_name, person.job_title, person.country) == ("Ann Lund", "", "Norway")


def test_country_has_one_name_whatever_the_file_calls_it():
    given = rows(*((key, {"full_name": key, "country": key}) for key in ("DE", "Deutschland")))
    upsert_people(given, RUN)

    assert set(Person.objects.values_list("country", flat=True)) == {"Germany"}
    assert told(upsert_people(given, RUN)) == [("unchanged", ""), ("unchanged", "")]


def test_value_of_a_file_comes_first_and_the_others_stay():
    upsert_people(
        rows(("1", {"email": "ann@halden.example", "phone": "+49 30 1234567", "full_name": "Ann"})),
        RUN,
    )
    person = Person.objects.get()
    lists = {"emails": ["ann@halden.example", "a.lund@web.example"]}
    edit_person(person=person, values=lists, version=None, by=None, at=AT)

    upsert_people(rows(("1", {"email": "lund@orbis.example", "phone": "+4930 1234567"})), RUN)
    upsert_people(rows(("1", {"phone": "+49 30 7654321"})), RUN)

    mails = [row.address for row in emails_of([person.pk])[person.pk]]
    assert mails == ["lund@orbis.example", "ann@halden.example", "a.lund@web.example"]
    numbers = [row.e164 for row in phones_of([person.pk])[person.pk]]
    assert numbers == ["+49307654321", "+49301234567"]


def test_known_company_keeps_its_other_domains():
    upsert_companies(rows(("a", {"domain": "halden.example"})), RUN)

    upsert_companies(rows(("a", {"domain": "halden-foods.example"})), RUN)
    verdicts = upsert_companies(rows(("a", {"domain": "www.halden.example"})), RUN)

    company = Company.objects.get()
    assert domains_of([company.pk])[company.pk] == ["halden.example", "halden-foods.example"]
    assert told(verdicts) == [("unchanged", "")]


def test_row_of_somebody_in_the_trash_fails_and_leaves_them_there():
    upsert_people(rows(("1", {"email": "ann@halden.example", "full_name": "Ann"})), RUN)
    upsert_companies(rows(("a", {"domain": "halden.example"})), RUN)
    trash_people(people_ids=[Person.objects.get().pk], by=None, at=AT)
    trash_companies(company_ids=[Company.objects.get().pk], by=None, at=AT)

    [verdict] = upsert_people(rows(("1", {"email": "lund@halden.example"})), RUN)
    other = upsert_companies(rows(("a", {"domain": "halden-foods.example"})), RUN)

    assert verdict.message == "“Ann” is in the trash. Restore it first, or leave the row out."
    assert told([verdict, *other]) == [("failed", "")] * 2
    assert not EmailAddress.objects.filter(deleted_at=None).exists()
    assert not CompanyDomain.objects.filter(deleted_at=None).exists()


def test_old_address_put_back_on_somebody_in_the_trash_lies_there_with_them():
    upsert_people(rows(("1", {"email": "ann@halden.example", "full_name": "Ann"})), RUN)
    person = Person.objects.get()
    trash_people(people_ids=[person.pk], by=None, at=AT)
    upsert_people(rows(("2", {"email": "ann@halden.example", "full_name": "Bo"})), RUN)

    write_person(person.pk, {"emails": ["ann@halden.example", "lund@halden.example"]}, None, AT)

    theirs = EmailAddress.objects.filter(person=person)
    assert list(theirs.order_by("pk").values_list("deleted_at", flat=True)) == [AT, AT]


def test_owner_whom_nobody_knows_becomes_a_user_without_login():
    upsert_companies(rows(("a", {"owner": "teo"})), RUN)

    upsert_people(rows(("1", {"owner": "teo"}), ("2", {"owner": "ravi"})), RUN)

    users = User.objects.order_by("name")
    assert [(user.name, user.email, user.has_usable_password()) for user in users] == [
        ("ravi", None, False),
        ("teo", None, False),
    ]
    assert Company.objects.get().owner == users[1]
    assert [person.owner for person in Person.objects.order_by("pk")] == [users[1], users[0]]


def test_user_who_was_named_only_gets_name_team_and_region_when_a_file_tells_them():
    upsert_people(rows(("1", {"owner": "teo"})), RUN)

    said = {"name": "Teo Brandt", "team": "Field", "manager": "Ines", "region": "North"}
    verdicts = upsert_users(rows(("teo", said)), RUN)
    again = upsert_users(rows(("teo", {"name": "Teo Brand", "team": None})), RUN)

    assert told(verdicts) == told(again) == [("updated", "")]
    teo = User.objects.select_related("team", "manager").get(name="Teo Brand")
    assert (str(teo.team), str(teo.manager), teo.region) == ("Field", "Ines", "North")


@pytest.mark.parametrize(
    ("check", "values", "field"),
    [
        (PeopleCheck, {"email": "no mail"}, "email"),
        (PeopleCheck, {"email": "Ann@Halden.example"}, "email"),
        (CompaniesCheck, {"domain": "no domain"}, "domain"),
        (CompaniesCheck, {"domain": "https://www.halden.example/"}, "domain"),
        (CompaniesCheck, {"employee_count": Decimal(-1)}, "employee_count"),
    ],
)
def test_what_cannot_come_in_is_told_before_anything_is_written(check, values, field):
    first = {"email": "ann@halden.example", "domain": "halden.example"}

    found = check(RUN)(rows(("1", first), ("2", values)))

    assert [(place, verdict.field) for place, verdict in found.items()] == [(1, field)]
    assert Person.objects.count() == Company.objects.count() == 0
