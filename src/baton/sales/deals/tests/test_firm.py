"""Whose deal it is: the company is found or made when a deal is opened with a lead."""

import pytest

from baton.core.changes.models import Change
from baton.records.people.models import Company
from baton.records.people.queries import domains_of
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.sales.deals.actions import open_deal
from baton.sales.deals.models import Deal

pytestmark = pytest.mark.django_db


def opened(person, by=None, **more):
    return open_deal(name="Meters", person=person, by=by, at=AT, **more)


def test_company_at_the_mail_is_linked(rep):
    halden = a_company(domains=["halden.example"], country="Norway")
    ann = a_person(emails=["ann@halden.example"], country="Sweden")

    deal = opened(ann, by=rep)

    ann.refresh_from_db()
    halden.refresh_from_db()
    assert (deal.company, ann.company) == (halden, halden)
    assert (halden.country, halden.owner) == ("Norway", None)  # who sees it stays as it was


def test_company_that_nobody_knows_is_made(rep):
    ann = a_person(emails=["ann@gmail.com", "ann@halden.example"], country="Sweden")

    deal = opened(ann, by=rep)

    firm = Company.objects.get()
    assert deal.company == firm
    assert (firm.name, firm.country, firm.owner) == ("halden.example", "Sweden", None)
    assert domains_of([firm.pk])[firm.pk] == ["halden.example"]


def test_private_mail_makes_no_company():
    deal = opened(a_person(emails=["ann@gmail.com"]))

    assert deal.company is None
    assert not Company.objects.exists()


def test_own_company_gets_the_domain_it_lacks_unless_another_has_it():
    plain, other = a_company(domains=[]), a_company(domains=[])
    a_company(domains=["orbis.example"])

    opened(a_person(company=plain, emails=["ann@halden.example"]))
    deal = opened(a_person(company=other, emails=["bo@orbis.example"], country="Sweden"))

    assert domains_of([plain.pk, other.pk]) == {plain.pk: ["halden.example"], other.pk: []}
    other.refresh_from_db()
    assert (deal.company, other.country) == (other, "Sweden")


def test_given_company_changes_nobody():
    ann, halden = a_person(emails=["ann@halden.example"]), a_company(domains=["orbis.example"])

    deal = opened(ann, company=halden)

    ann.refresh_from_db()
    assert (deal.company, ann.company) == (halden, None)


def test_double_click_fills_once(rep):
    ann = a_person(emails=["ann@halden.example"])

    first, second = (opened(ann, by=rep, client_token="click") for _ in range(2))
    third = opened(ann, by=rep)

    assert first == second
    assert third.company == first.company
    assert (Deal.objects.count(), Company.objects.count()) == (2, 1)
    edits = Change.objects.filter(object_type="person", object_id=ann.pk, verb="edited")
    assert edits.count() == 1
