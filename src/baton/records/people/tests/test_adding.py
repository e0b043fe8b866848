import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
NEW = reverse("people:new")
ANN = {"first_name": "Ann", "last_name": "Lund", "email": "ann@halden.example", "company": "Halden"}


@pytest.mark.parametrize(
    ("who", "origin", "owned"),
    [("rep", "sales", True), ("marketer", "marketing", False), ("admin", "sales", False)],
)
def test_added_by_hand_it_counts_for_the_side_that_added(request, signed_in, who, origin, owned):
    user = request.getfixturevalue(who)
    client = signed_in(user)
    offered = client.get(NEW).context["form"]["origin"].initial

    answer = client.post(NEW, {**ANN, "origin": offered})

    person = Person.objects.get()
    assert answer["location"] == person.get_absolute_url()
    assert (person.full_name, person.origin, person.owner) == (
        "Ann Lund",
        origin,
        user if owned else None,
    )
    assert (str(person.company), person.emails.get().address) == ("Halden", "ann@halden.example")
    assert Change.objects.get(object_type="person").by == user


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Give a name"),
        ({"first_name": "Ann", "email": "nonsense"}, "is no mail address"),
        ({"first_name": "Ann", "origin": "marketing"}, "valid choice"),
        ({"first_name": "x" * 121}, "120"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(signed_in, rep, typed, words):
    answer = signed_in(rep).post(NEW, {"origin": "sales", **typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Person.objects.exists()
    assert not Company.objects.exists()


def test_known_address_leads_to_the_person_when_one_may_see_them(signed_in, rep, outsider):
    known = a_person(full_name="Somebody Known", owner=rep, emails=["ann@halden.example"])

    seen = signed_in(rep).post(NEW, {**ANN, "origin": "sales"})
    hidden = signed_in(outsider).post(NEW, {**ANN, "origin": "sales"})

    assert (seen.status_code, hidden.status_code) == (422, 422)
    assert known.get_absolute_url() in seen.content.decode()
    assert "Somebody Known" not in hidden.content.decode()
    assert Person.objects.count() == 1
    assert not Company.objects.exists()


def test_new_person_begins_with_the_company_whose_page_it_was(signed_in, rep, outsider):
    company = a_company(name="Halden", owner=rep)

    page = signed_in(rep).get(NEW, {"company": company.key})

    assert page.context["form"]["company"].value() == "Halden"
    assert signed_in(outsider).get(NEW, {"company": company.key}).status_code == 404


def test_viewer_adds_nobody(signed_in, rep):
    rep.role = "viewer"
    rep.save()

    assert signed_in(rep).post(NEW, ANN).status_code == 403
    assert not Person.objects.exists()


def test_company_is_added_and_a_taken_domain_refused(signed_in, rep):
    client = signed_in(rep)
    typed = {"name": "Halden Foods", "domain": "https://www.halden.example", "employee_count": "40"}

    made = client.post(reverse("people:new-company"), typed)
    again = client.post(reverse("people:new-company"), {**typed, "name": "Other"})

    company = Company.objects.get()
    assert made["location"] == company.get_absolute_url()
    assert again.status_code == 422
    assert company.get_absolute_url() in again.content.decode()
