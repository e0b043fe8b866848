"""Somebody knows that two are one, though nothing looked like it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from baton.records.duplicates.actions import (
    OneIsGone,
    dismiss_pair,
    look_again,
    put_side_by_side,
)
from baton.records.duplicates.models import Pair
from baton.records.people.actions import trash_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def unlike(rep):
    """One person with her names before and after the wedding."""
    before = a_person(full_name="Ann Lind", owner=rep, at=AT)
    after = a_person(full_name="Ann Berg", owner=rep, at=AT)
    return before, after


def _with(person):
    return f"/duplicates/with/person/{person.key}/"


def test_record_leads_to_whom_it_is_merged_with_and_back(signed_in, rep, unlike):
    before, after = unlike
    client = signed_in(rep)
    assert _with(before) in client.get(before.get_absolute_url()).content.decode()

    found = client.get(_with(before), {"q": "berg"}).content.decode()
    assert str(after.key) in found
    answer = client.post(_with(before), {"other": after.key})
    pair = Pair.objects.get()
    assert answer["location"] == pair.get_absolute_url()
    client.post(f"{pair.get_absolute_url()}merge/", {"keep": "first"})

    assert list(Person.objects.living()) == [before]


def test_those_alike_are_offered_before_anything_is_typed(signed_in, rep, unlike):
    twin = a_person(full_name="Ann Lind", owner=rep, phones=["+4681234567"], at=AT)
    same = a_person(full_name="Ann Lind", owner=rep, phones=["+4681234567"], at=AT)
    look_again(object_type="person", ids=[twin.pk, same.pk], at=AT)

    page = signed_in(rep).get(_with(twin)).content.decode()

    assert str(same.key) in page
    assert str(unlike[1].key) not in page


def test_company_is_merged_in_the_same_way(signed_in, admin):
    one, other = a_company(name="Halden"), a_company(name="Brevik")
    client, url = signed_in(admin), f"/duplicates/with/company/{one.key}/"

    assert url in client.get(one.get_absolute_url()).content.decode()
    assert str(other.key) in client.get(url, {"q": "brev"}).content.decode()
    client.post(url, {"other": other.key})

    assert Pair.objects.get().object_type == "company"


def test_nobody_is_compared_with_whom_one_may_not_edit(signed_in, rep, outsider, unlike):
    theirs = a_person(full_name="Ann Strand", owner=outsider)
    client = signed_in(rep)

    assert str(theirs.key) not in client.get(_with(unlike[0]), {"q": "strand"}).content.decode()
    for other in (theirs.key, unlike[0].key, uuid4(), "", "x"):
        assert client.post(_with(unlike[0]), {"other": other}).status_code == 404
    assert client.get(_with(theirs)).status_code == 404
    assert not Pair.objects.exists()


def test_two_of_whom_one_went_meanwhile_are_no_pair(rep, unlike):
    ids = tuple(person.pk for person in unlike)
    trash_people(people_ids=ids[:1], by=rep, at=AT)

    with pytest.raises(OneIsGone):
        put_side_by_side(object_type="person", ids=ids, at=AT)


def test_pair_that_is_not_alike_goes_unless_somebody_decides(rep, unlike):
    ids = (unlike[1].pk, unlike[0].pk)
    put_side_by_side(object_type="person", ids=ids, at=AT)

    look_again(object_type="person", ids=ids, at=AT)

    assert not Pair.objects.exists()


def test_who_were_kept_apart_stay_so_until_they_are_merged_all_the_same(signed_in, rep, unlike):
    ids = (unlike[0].pk, unlike[1].pk)
    dismiss_pair(pair=put_side_by_side(object_type="person", ids=ids, at=AT), by=rep, at=AT)
    client, merge = signed_in(rep), f"{Pair.objects.get().get_absolute_url()}merge/"

    client.post(_with(unlike[0]), {"other": unlike[1].key})
    client.post(merge, {"keep": "first"})
    assert Pair.objects.get().is_same is False
    client.post(merge, {"keep": "first", "anyway": "1"})

    assert Pair.objects.get().is_same is True
    assert list(Person.objects.living()) == [unlike[0]]
