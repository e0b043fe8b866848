"""What a colleague has changed since the last file of a source stays, and is told."""

from uuid import uuid4

import pytest

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.actions import undo
from baton.core.offers import ImportRow, ImportRun
from baton.records.people.actions import edit_company, edit_person
from baton.records.people.imports.companies import upsert_companies
from baton.records.people.imports.people import upsert_people
from baton.records.people.models import Company, Person
from baton.records.people.queries import emails_of
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db
RUN = ImportRun(source="crm", at=AT, batch=uuid4(), currency="EUR")
MAIL = "ann@halden.example"


@pytest.fixture
def mara():
    return create_user(name="Mara", role=Role.REP)


def bring(upsert=upsert_people, /, custom=None, **values):
    [verdict] = upsert([ImportRow(key="1", values=values, custom=custom or {})], RUN)
    said = [(one.field, one.ours, one.theirs) for one in verdict.conflicts]
    return verdict.status.value, said


def by_hand(mara, **values):
    batch = uuid4()
    same = {"version": None, "at": AT, "by": mara, "batch": batch}
    edit_person(person=Person.objects.get(), values=values, **same)
    return batch


def test_field_that_a_colleague_changed_stays_and_is_told(mara):
    bring(full_name="Ann Lund", job_title="Buyer", country="Norway")
    by_hand(mara, job_title="Head of buying")

    told = bring(full_name="Ann Lund", job_title="Buyer", country="Sweden")

    person = Person.objects.get()
    assert (person.job_title, person.country) == ("Head of buying", "Sweden")
    assert told == ("updated", [("job_title", "Head of buying", "Buyer")])


def test_file_that_says_what_a_colleague_wrote_contradicts_nothing(mara):
    bring(full_name="Ann Lund", job_title="Buyer")
    by_hand(mara, job_title="Head of buying")

    assert bring(full_name="Ann Lund", job_title="Head of Buying") == ("unchanged", [])


def test_change_that_was_taken_back_holds_nothing(mara):
    bring(full_name="Ann Lund", job_title="Buyer")
    undo(batch=by_hand(mara, job_title="Head of buying"), by=mara, at=AT)

    assert bring(full_name="Ann Lund", job_title="Seller") == ("updated", [])
    assert Person.objects.get().job_title == "Seller"


def test_own_field_is_held_by_itself(mara):
    bring(full_name="Ann Lund", custom={"size": "40", "fax": "1"})
    by_hand(mara, custom={"size": "41", "fax": "1"})

    told = bring(full_name="Ann Lund", custom={"size": "40", "fax": "2"})

    assert Person.objects.get().custom == {"size": "41", "fax": "2"}
    assert told == ("updated", [("size", "41", "40")])


def test_addresses_that_a_colleague_put_in_order_stay(mara):
    bring(full_name="Ann Lund", email=MAIL)
    by_hand(mara, emails=["a.lund@web.example"])

    told = bring(full_name="Ann Lund", email=MAIL, job_title="Buyer")

    person = Person.objects.get()
    assert [row.address for row in emails_of([person.pk])[person.pk]] == ["a.lund@web.example"]
    assert told == ("updated", [("emails", "a.lund@web.example", MAIL)])


def test_company_keeps_what_a_colleague_wrote(mara):
    bring(upsert_companies, name="Halden", city="Bremen")
    values = {"city": "Leer"}
    edit_company(company=Company.objects.get(), values=values, version=None, by=mara, at=AT)

    told = bring(upsert_companies, name="Halden", city="Emden", country="Germany")

    company = Company.objects.get()
    assert (company.city, company.country) == ("Leer", "Germany")
    assert told == ("updated", [("city", "Leer", "Emden")])
