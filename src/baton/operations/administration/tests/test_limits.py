"""Who sees the fields that Baton brought, as an admin says it."""

from typing import Any

import pytest
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.fields.actions import NotAccepted, limit_field
from baton.core.fields.tests.factories import AT
from baton.core.settings.queries import organisation
from baton.records.people.actions import create_person, edit_person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db


def address(name="job_title"):
    return f"{reverse('administration:limit')}?of=person&name={name}"


def limit(name="job_title", **values):
    return limit_field(object_type="person", name=name, values=values, by=None, at=AT)


def test_admin_hides_a_field_and_takes_it_back(company, admin, rep, signed_in):
    person = a_person(owner=rep, job_title="Head of plants")
    page, said = reverse("people:person", args=[person.key]), "Head of plants"
    client = signed_in(rep)
    assert said in client.get(page).content.decode()

    assert signed_in(admin).post(address(), {"hidden_for": ["rep"]}).status_code == 302

    assert said not in client.get(page).content.decode()
    assert said in signed_in(admin).get(page).content.decode()
    listed = signed_in(admin).get(f"{reverse('administration:limits')}?of=person")
    assert "hidden from Rep" in listed.content.decode()
    batch = Change.objects.get(object_type="field_limit").batch
    undo(batch=batch, by=admin, at=AT)
    assert said in client.get(page).content.decode()
    assert organisation().field_limits == {}


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("job_title", {"hidden_for": ["rep"], "read_only_for": ["rep"]}),
        ("job_title", {"read_only_for": ["rep"], "required_for": ["rep"]}),
        ("job_title", {"hidden_for": ["owner"]}),
        ("job_title", {"hidden_for": ["nobody"]}),
    ],
)
def test_what_makes_no_sense_is_refused(company, admin, signed_in, name, sent):
    assert signed_in(admin).post(address(name), sent).status_code == 422
    assert organisation().field_limits == {}


def test_names_are_never_hidden_and_unknown_fields_are_none(company, admin, rep, signed_in):
    client = signed_in(admin)

    assert "too much is made of it" in client.get(address("full_name")).content.decode()
    client.post(address("full_name"), {"hidden_for": ["rep"]})
    assert organisation().field_limits == {}
    assert client.get(address("sort_key")).status_code == 404
    assert signed_in(rep).get(address()).status_code == 403


def test_read_only_field_is_seen_and_not_written(company, rep, signed_in):
    limit(read_only_for=["rep"])
    person = a_person(owner=rep, job_title="Head of plants")
    client, edit = signed_in(rep), reverse("people:edit-person", args=[person.key, "job_title"])

    page = client.get(reverse("people:person", args=[person.key])).content.decode()
    assert "Head of plants" in page
    assert edit not in page
    refused = client.post(edit, {"value": "CEO", "was": "Head of plants"})
    assert "“Job title” is filled in by others: you can only read it." in refused.content.decode()


def test_required_field_is_asked_for_and_not_emptied(company, rep, admin):
    limit(required_for=["rep"])
    new: dict[str, Any] = {"at": AT, "origin": "sales", "full_name": "Ann"}

    with pytest.raises(NotAccepted, match="A person needs “Job title”"):
        create_person(by=rep, **new)
    person = create_person(by=rep, job_title="CEO", **new)
    with pytest.raises(NotAccepted, match="A person needs “Job title”"):
        edit_person(person=person, values={"job_title": ""}, version=None, by=rep, at=AT)
    edit_person(person=person, values={"job_title": ""}, version=None, by=admin, at=AT)
    create_person(by=admin, **new)


def test_form_of_a_new_person_leaves_to_others_what_is_theirs(company, rep, signed_in):
    limit(read_only_for=["rep"])
    limit("country", required_for=["rep"])
    client, new = signed_in(rep), reverse("people:new")

    assert "Filled in by others." in client.get(new).content.decode()
    sent = {"first_name": "Ann", "last_name": "Lee", "origin": "sales", "job_title": "CEO"}
    assert client.post(new, sent).status_code == 422
    assert client.post(new, {**sent, "country": "Norway"}).status_code == 302


def test_hidden_column_is_in_no_list(company, admin, rep, signed_in):
    a_person(owner=rep, country="Norway")
    limit("country", hidden_for=["rep"])
    asked = f"{reverse('people:list')}?cols=name,country&group=country"

    assert "Norway" not in signed_in(rep).get(asked).content.decode()
    assert "Norway" in signed_in(admin).get(asked).content.decode()
