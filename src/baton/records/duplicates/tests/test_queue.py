"""Pairs among our own people: found, shown to whom may merge, decided, taken back."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.duplicates.actions import (
    DecidedAlready,
    dismiss_pair,
    look_again,
    merge_pair,
    merge_sure_pairs,
)
from baton.records.duplicates.models import MatchKey, Pair
from baton.records.duplicates.queries import alike, open_count, people_as_sides
from baton.records.duplicates.tasks import look_at_everybody
from baton.records.people.actions import edit_person, unmerge
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("company")


def ann(owner, **over):
    usual = {"full_name": "", "first_name": "Ann", "last_name": "Lind", "phones": ["+4681234567"]}
    return a_person(**{**usual, "owner": owner, "at": AT, **over})


@pytest.fixture
def two(rep):
    """One person told twice, with a title each, and somebody else."""
    first = ann(rep, job_title="Buyer")
    second = ann(rep, job_title="Head of buying", country="Norway")
    other = a_person(owner=rep)
    look_again(object_type="person", ids=[first.pk, second.pk, other.pk], at=AT)
    return first, second


def test_pair_is_found_once_and_told_why(two):
    first, second = two
    look_again(object_type="person", ids=[second.pk], at=AT)

    pair = Pair.objects.get()

    assert (pair.first_id, pair.second_id, pair.score) == (first.pk, second.pk, 100)
    assert pair.reasons == ["same_name", "same_phone", "same_house"]


def test_whoever_comes_or_changes_is_looked_at(rep, run_background):
    ann(rep)
    ann(rep, last_name="Ek", first_name="Bo", phones=[])
    run_background()
    assert Pair.objects.count() == 0

    ann(rep)
    run_background()

    assert Pair.objects.get().score == 100


def test_pair_goes_when_it_is_alike_no_more(two, rep, run_background):
    from_two = two[1]
    Person.objects.filter(pk=from_two.pk).update(first_name="Bo", full_name="Bo Lind")

    look_again(object_type="person", ids=[from_two.pk], at=AT)

    assert Pair.objects.count() == 0
    assert MatchKey.objects.filter(record_id=from_two.pk, text__startswith="phone").exists()


def test_bite_of_thirty_costs_as_much_as_one_of_five(rep, django_assert_num_queries):
    people = [ann(rep, last_name=f"Lind{number}") for number in range(30)]
    ids = [person.pk for person in people]

    with django_assert_num_queries(10):
        look_again(object_type="person", ids=ids[:5], at=AT)
    with django_assert_num_queries(11):
        look_again(object_type="person", ids=ids, at=AT)

    looked_at = MatchKey.objects.filter(object_type="person").values_list("record_id", flat=True)
    assert set(looked_at) == set(ids)


def test_number_that_too_many_share_brings_nobody_together(rep):
    people = [ann(rep, emails=[]) for _ in range(21)]

    look_again(object_type="person", ids=[person.pk for person in people], at=AT)

    assert Pair.objects.count() == 0


def test_chosen_values_are_merged_and_an_undo_asks_again(two, rep, run_background):
    second = two[1]
    pair = Pair.objects.get()

    batch = merge_pair(pair=pair, keep_second=True, values={"job_title": "Buyer"}, by=rep, at=AT)
    run_background()

    second.refresh_from_db()
    assert (second.job_title, second.emails.count()) == ("Buyer", 2)
    assert open_count(rep) == 0
    with pytest.raises(DecidedAlready):
        dismiss_pair(pair=pair, by=rep, at=AT)
    unmerge(batch=batch, by=rep, at=AT)
    run_background()
    assert open_count(rep) == 1


def test_what_was_kept_apart_is_not_asked_again(two, rep):
    dismiss_pair(pair=Pair.objects.get(), by=rep, at=AT)

    look_again(object_type="person", ids=[person.pk for person in two], at=AT)

    assert open_count(rep) == 0


def test_sure_pairs_are_merged_as_one_act(two, rep):
    third = ann(rep)
    company, same = a_company(name="Halden AB"), a_company(name="Halden", domains=["halden2.se"])
    look_again(object_type="person", ids=[third.pk], at=AT)
    look_again(object_type="company", ids=[company.pk, same.pk], at=AT)

    batch, count = merge_sure_pairs(object_type="person", by=rep, at=AT)

    assert (count, Person.objects.living().filter(last_name="Lind").count()) == (1, 2)
    assert Company.objects.living().count() == 2
    unmerge(batch=batch, by=rep, at=AT)
    assert Person.objects.living().filter(last_name="Lind").count() == 3


def test_somebody_new_looks_like_whom_one_sees(two, rep, outsider):
    side = people_as_sides([two[0].pk])[two[0].pk]

    assert alike("person", side, user=rep) == list(two)
    assert alike("person", side, user=outsider) == []


def test_queue_shows_two_side_by_side(two, rep, signed_in, django_assert_max_num_queries):
    client = signed_in(rep)
    client.get(reverse("duplicates:queue"))

    with django_assert_max_num_queries(30):
        page = client.get(reverse("duplicates:queue")).content.decode()

    assert "same number" in page
    assert 'name="job_title" value="second"' in page


def test_queue_merges_keeps_apart_and_takes_back(two, rep, signed_in):
    client, pair = signed_in(rep), Pair.objects.get()

    client.post(reverse("duplicates:dismiss", args=[pair.key]))
    assert Pair.objects.filter(is_same=False).count() == 1
    batch = Change.objects.get(object_type="duplicate_pair").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert Pair.objects.filter(is_same=None).count() == 1

    picked = {"keep": "first", "job_title": "second"}
    client.post(reverse("duplicates:merge", args=[pair.key]), picked)
    two[0].refresh_from_db()
    assert (two[0].job_title, two[0].country) == ("Head of buying", "Norway")


def test_outsider_sees_no_pair_and_decides_none(two, outsider, signed_in):
    client, pair = signed_in(outsider), Pair.objects.get()

    assert "Ann Lind" not in client.get(reverse("duplicates:queue")).content.decode()
    for name in ("pair", "merge", "dismiss"):
        address = reverse(f"duplicates:{name}", args=[pair.key])
        answer = client.get(address) if name == "pair" else client.post(address)
        assert answer.status_code == 404, name
    client.post(reverse("duplicates:sure"))
    assert Person.objects.living().filter(last_name="Lind").count() == 2


def test_person_page_says_whom_they_look_like(two, rep, signed_in):
    page = signed_in(rep).get(two[0].get_absolute_url()).content.decode()

    assert "Looks like" in page
    assert Pair.objects.get().get_absolute_url() in page


def test_form_asks_while_somebody_is_typed_in(two, rep, outsider, signed_in):
    form = signed_in(rep).get(reverse("people:new")).content.decode()
    address = reverse("duplicates:like-person")
    typed = {"first_name": "Anne", "last_name": "Lind", "phone": "08 123 45 67", "email": "not yet"}

    seen = signed_in(rep).post(address, typed).content.decode()
    unseen = signed_in(outsider).post(address, typed).content.decode()
    nothing = signed_in(rep).post(address, {"first_name": "Bo"}).content.decode()

    assert f'hx-post="{address}"' in form
    assert [one.get_absolute_url() in seen for one in two] == [True, True]
    assert "Head of buying" in seen
    assert (unseen.strip(), nothing.strip()) == ("", "")


def test_form_asks_while_a_company_is_typed_in(rep, signed_in):
    halden = a_company(name="Halden AB", domains=["halden.example"], owner=rep)
    look_again(object_type="company", ids=[halden.pk], at=AT)
    form = signed_in(rep).get(reverse("people:new-company")).content.decode()
    address = reverse("duplicates:like-company")

    seen = signed_in(rep).post(address, {"name": "Halden", "domain": "halden.no"})

    assert f'hx-post="{address}"' in form
    assert halden.get_absolute_url() in seen.content.decode()


def test_nothing_is_kept_of_somebody_who_is_in_no_table_any_more(two, run_background):
    first, second = two
    Person.objects.filter(pk=second.pk).delete()

    look_at_everybody.enqueue()
    run_background()

    assert not Pair.objects.exists()
    assert set(MatchKey.objects.values_list("record_id", flat=True)) == set(
        Person.objects.values_list("pk", flat=True)
    )
    assert MatchKey.objects.filter(record_id=first.pk).exists()


def test_two_sides_say_languages_reasons_and_since_when_in_words(two, rep, signed_in):
    edit_person(person=two[0], values={"language": "de"}, version=None, by=rep, at=AT)
    Person.objects.filter(pk=two[0].pk).update(lead_at=datetime(2019, 5, 4, 12, tzinfo=UTC))

    page = signed_in(rep).get(Pair.objects.get().get_absolute_url()).content.decode()

    assert ">German<" in page
    assert "100 of 100 · Same name, same number, mail at the same company" in page
    assert "4 May 2019" in page
