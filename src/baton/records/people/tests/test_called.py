"""Whom another system calls so: thousands are asked for with each portion of a file."""

import pytest

from baton.records.people.actions import create_company, create_person
from baton.records.people.models import CompanyExternalId, PersonExternalId
from baton.records.people.queries import companies_by_external_ids, people_by_external_ids
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db
OURS = {"crm": "a1", "shop": "a2"}


@pytest.fixture(autouse=True)
def no_link_is_made(monkeypatch):
    """Half of what such a question costs, were the links made objects as well."""

    def refuse(*_args):
        raise AssertionError("Only whom they are about is wanted")

    for model in (PersonExternalId, CompanyExternalId):
        monkeypatch.setattr(model, "from_db", refuse)


def test_people_are_found_by_the_ids_of_one_system(django_assert_num_queries):
    ann = create_person(full_name="Ann Lee", origin="marketing", external_ids=OURS, at=AT)
    create_person(full_name="Bo Berg", origin="marketing", external_ids={"shop": "a1"}, at=AT)

    with django_assert_num_queries(1):
        assert people_by_external_ids("crm", ["a1", "a2", "a3"]) == {"a1": ann}


def test_companies_are_found_by_the_ids_of_one_system(django_assert_num_queries):
    firm = create_company(name="Halden", external_ids=OURS, at=AT)
    create_company(name="Fenn", external_ids={"shop": "a1"}, at=AT)

    with django_assert_num_queries(1):
        assert companies_by_external_ids("crm", ["a1", "a2", "a3"]) == {"a1": firm}
