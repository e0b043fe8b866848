import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.fields.actions import ensure_field
from baton.records.people.actions import edit_company, edit_person, record_consent, trash_people
from baton.records.people.models import Company, Consent, Person
from baton.records.people.slots import (
    PersonAction,
    PersonPanel,
    Place,
    person_actions,
    person_panels,
)
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def guests(monkeypatch):
    """Only the panels and buttons that the test adds."""
    monkeypatch.setattr(person_panels, "_items", [])
    monkeypatch.setattr(person_actions, "_items", [])


def test_page_says_all_that_is_known(signed_in, rep):
    ensure_field(object_type="person", code="size", label="Plant size", kind="text")
    company = a_company(name="Halden Foods")
    person = a_person(
        full_name="Ann Lund",
        emails=["ann@halden.example", "\u0430l@halden.example"],
        job_title="Head of energy",
        company=company,
        owner=rep,
        origin="partner",
        channel="fair",
        campaign="meter-days",
        said_source="A friend",
        custom={"size": "Large"},
        external_ids={"old crm": "CRM-77"},
    )
    a_person(full_name="Ben Okafor", company=company, owner=rep)
    record_consent(
        email="ann@halden.example",
        purpose="newsletter",
        is_given=True,
        basis="consent",
        source="Form",
        at=AT,
    )

    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    for words in (
        "Ann Lund",
        "Head of energy",
        "Halden Foods",
        "Partner",
        "meter-days",
        "A friend",
        "Plant size",
        "Large",
        "CRM-77",
        "Newsletter",
        "mixes letters",
        "Ben Okafor",
        "empty field",
    ):
        assert words in page


def test_page_costs_the_same_for_few_and_many_colleagues(signed_in, admin):
    company = a_company()
    person = a_person(company=company)
    client = signed_in(admin)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(person.get_absolute_url()).status_code == 200
        return len(queries)

    a_person(company=company)
    client.get(person.get_absolute_url())
    few = cost()
    for _place in range(20):
        a_person(company=company)

    assert cost() == few


def test_guests_stand_in_their_places_and_order(signed_in, rep, guests):
    def panel(name: str, order: int, permission: str = "") -> PersonPanel:
        def render(_request: HttpRequest, person: Person) -> str:
            return f"panel {name} of {person}"

        return PersonPanel(
            name=name, place=Place.MAIN, order=order, permission=permission, render=render
        )

    person = a_person(full_name="Ann Lund", owner=rep)
    for guest in (panel("second", 20), panel("first", 10), panel("hidden", 1, "users.manage")):
        person_panels.add(guest)
    person_actions.add(
        PersonAction(label="Hand over", icon="handoff", url=lambda one: f"/go/{one.key}/")
    )

    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    assert page.index("panel first of Ann Lund") < page.index("panel second of Ann Lund")
    assert "panel hidden" not in page
    assert f"/go/{person.key}/" in page


@pytest.mark.parametrize(
    ("who", "sees", "edits"), [("rep", 200, 200), ("colleague", 200, 200), ("outsider", 404, 404)]
)
def test_person_is_open_to_whom_the_roles_say(request, signed_in, rep, who, sees, edits):
    person = a_person(owner=rep)
    client = signed_in(request.getfixturevalue(who))

    assert client.get(person.get_absolute_url()).status_code == sees
    assert client.get(reverse("people:person-changes", args=[person.key])).status_code == sees
    edit = reverse("people:edit-person", args=[person.key, "job_title"])
    assert client.get(edit).status_code == edits
    assert client.get(reverse("people:consent", args=[person.key])).status_code == edits


@pytest.mark.parametrize("name", ["people:delete", "people:edit-person", "people:consent"])
def test_outsider_changes_nothing(signed_in, rep, outsider, name):
    person = a_person(owner=rep, job_title="Buyer", emails=["ann@halden.example"])
    args = [person.key, "job_title"] if name == "people:edit-person" else [person.key]
    typed = {
        "value": "Chief",
        "was": "Buyer",
        "email": "ann@halden.example",
        "purpose": "newsletter",
        "is_given": "yes",
        "basis": "consent",
    }

    answer = signed_in(outsider).post(reverse(name, args=args), typed)

    assert answer.status_code == 404
    person.refresh_from_db()
    assert (person.job_title, person.deleted_at, person.version) == ("Buyer", None, 1)
    assert not Consent.objects.exists()


def test_viewer_is_shown_no_way_to_edit(signed_in, rep, outsider):
    outsider.role, outsider.team = "viewer", None
    outsider.save()
    person = a_person(owner=rep)

    page = signed_in(outsider).get(person.get_absolute_url()).content.decode()

    assert "/edit/" not in page
    assert reverse("people:delete", args=[person.key]) not in page
    assert signed_in(outsider).post(reverse("people:delete", args=[person.key])).status_code == 403


def test_deleted_person_has_no_page_and_comes_back(signed_in, rep):
    person = a_person(full_name="Ann Lund", owner=rep)
    client = signed_in(rep)

    answer = client.post(reverse("people:delete", args=[person.key]))

    assert answer["location"] == reverse("people:list")
    assert client.get(person.get_absolute_url()).status_code == 404
    page = client.get(answer["location"]).content.decode()
    assert "Ann Lund is deleted." in page
    [undo] = [
        part.split('"')[0] for part in page.split('action="') if "/undo/" in part.split('"')[0]
    ]
    client.post(undo)
    assert client.get(person.get_absolute_url()).status_code == 200


def test_changes_are_told_in_names_and_taken_back_by_who_made_them(signed_in, rep, colleague):
    person = a_person(owner=rep, job_title="Buyer")
    edit_person(
        person=person, values={"job_title": "Head", "owner": colleague}, version=None, by=rep, at=AT
    )
    url = reverse("people:person-changes", args=[person.key])

    page = signed_in(rep).get(url).content.decode()

    for words in ("Buyer", "Head", "Nora", "Teo", "Edited", "Job title"):
        assert words in page
    assert page.count("/undo/") == 1
    assert "/undo/" not in signed_in(colleague).get(url).content.decode()


def test_consent_is_written_down_by_hand(signed_in, rep):
    person = a_person(owner=rep, emails=["ann@halden.example"])
    url = reverse("people:consent", args=[person.key])
    said = {
        "email": "ann@halden.example",
        "purpose": "newsletter",
        "is_given": "no",
        "basis": "consent",
        "wording": "On the phone",
    }

    bad = signed_in(rep).post(url, {**said, "email": "other@halden.example"})
    good = signed_in(rep).post(url, said)

    assert (bad.status_code, good.status_code) == (422, 302)
    row = Consent.objects.get()
    assert (row.is_given, row.source, row.wording) == (False, "Teo, by hand", "On the phone")


def test_company_page_shows_its_people_whom_one_may_see(signed_in, rep, outsider):
    company = a_company(name="Halden Foods", domains=["halden.example"], industry="Food")
    a_person(full_name="Ann Lund", company=company, owner=rep)
    a_person(full_name="Otto's own", company=company, owner=outsider)

    page = signed_in(rep).get(company.get_absolute_url()).content.decode()

    assert "Halden Foods" in page
    assert "halden.example" in page
    assert "Ann Lund" in page
    assert "Otto&#x27;s own" not in page


def test_company_of_another_team_is_hidden(signed_in, rep, outsider):
    company = a_company(owner=rep, city="Malmö")
    client = signed_in(outsider)
    edit = reverse("people:edit-company", args=[company.key, "city"])

    assert client.get(company.get_absolute_url()).status_code == 404
    assert client.get(reverse("people:company-changes", args=[company.key])).status_code == 404
    assert client.post(edit, {"value": "Lund", "was": "Malmö"}).status_code == 404
    assert client.post(reverse("people:delete-company", args=[company.key])).status_code == 404
    assert Company.objects.living().get().city == "Malmö"


def test_company_is_deleted_with_a_way_back_and_its_people_stay(signed_in, admin):
    company = a_company(name="Halden")
    person = a_person(company=company)
    edit_company(company=company, values={"city": "Lund"}, version=None, by=admin, at=AT)
    client = signed_in(admin)

    client.post(reverse("people:delete-company", args=[company.key]))

    assert client.get(company.get_absolute_url()).status_code == 404
    page = client.get(person.get_absolute_url())
    assert page.status_code == 200
    assert company.get_absolute_url() not in page.content.decode()
    assert client.get(reverse("people:companies")).content.decode().count("/undo/") == 0


def test_person_in_the_trash_cannot_be_deleted_again(signed_in, admin):
    person = a_person()
    trash_people(people_ids=[person.pk], by=admin, at=AT)

    assert signed_in(admin).post(reverse("people:delete", args=[person.key])).status_code == 404
    assert Person.objects.get().version == 2
