"""Ticked people become one, and several again."""

import pytest
from django.utils import timezone

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
URL = "/bulk/people/merge/"


def names(kind=Person):
    return set(kind.objects.living().values_list("sort_key", flat=True))


def test_ticked_people_are_one_and_undo_makes_them_several(company, admin, signed_in):
    people = [a_person(owner=admin, full_name=f"Ann {n}", phone=f"+49 30 123450{n}") for n in "123"]

    page = signed_in(admin).post(URL, {"row": [str(one.key) for one in people]}, follow=True)
    after = list(Person.objects.living())
    batch = Change.objects.filter(object_type="person_merge").latest("pk").batch
    undo(batch=batch, by=admin, at=timezone.now())

    assert "3 people are one now" in page.content.decode()
    assert after == [people[0]]
    assert Person.objects.living().count() == 3


def test_companies_are_merged_too(company, admin, signed_in):
    firms = [a_company(name=f"Halden {n}") for n in "12"]

    signed_in(admin).post("/bulk/companies/merge/", {"row": [str(one.key) for one in firms]})

    assert list(Company.objects.living()) == [firms[0]]


def test_one_alone_and_more_than_fifty_are_refused(company, admin, signed_in):
    people = [a_person(owner=admin, full_name=f"Ann {n}") for n in range(51)]
    browser = signed_in(admin)

    one = browser.post(URL, {"row": [str(people[0].key)]}, follow=True)
    many = browser.post(URL, {"all": "1", "asked": "", "count": "51"}, follow=True)

    assert "Tick 2 to 50 for that." in one.content.decode()
    assert "Tick 2 to 50 for that." in many.content.decode()
    assert Person.objects.living().count() == 51


def test_nobody_merges_whom_they_may_not_change(company, rep, outsider, signed_in):
    theirs = [a_person(owner=outsider, full_name=f"Ann {n}") for n in "12"]

    answer = signed_in(rep).post(URL, {"row": [str(one.key) for one in theirs]})

    assert answer.status_code == 404
    assert Person.objects.living().count() == 2
