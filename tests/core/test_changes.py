from datetime import timedelta

import pytest
from django.urls import reverse

from baton.core.changes.actions import LostRace, NothingToUndo, undo
from baton.core.changes.models import Change
from baton.core.keys import new_key
from baton.records.people.actions import create_person, edit_person, trash_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def edit(person, *, batch=None, by=None, version=None, **values):
    return edit_person(
        person=person, values=values, version=version, by=by, at=AT, batch=batch or new_key()
    )


def test_undo_puts_back_what_the_act_wrote(rep):
    person, batch = a_person(job_title="Buyer"), new_key()
    edit(person, batch=batch, job_title="Head of buying", country="Norway")

    outcome = undo(batch=batch, by=rep, at=LATER)

    person.refresh_from_db()
    assert (person.job_title, person.country) == ("Buyer", "")
    assert (outcome.record_count, outcome.kept_fields) == (1, [])
    latest = Change.objects.latest("pk")
    assert (latest.cause, latest.by, latest.after["job_title"]) == ("undo", rep, "Buyer")


def test_undo_leaves_fields_that_somebody_changed_since(rep):
    person, batch = a_person(job_title="Buyer"), new_key()
    edit(person, batch=batch, job_title="Head of buying", country="Norway")
    edit(person, job_title="Retired")

    outcome = undo(batch=batch, by=rep, at=LATER)

    person.refresh_from_db()
    assert (person.job_title, person.country) == ("Retired", "")
    assert outcome.kept_fields == ["job_title"]


def test_undo_of_a_deletion_restores_and_of_a_creation_deletes(rep):
    person = a_person()
    gone = trash_people(people_ids=[person.pk], by=rep, at=AT)
    made = create_person(full_name="New", origin="sales", at=AT, by=rep)
    creation = Change.objects.get(object_type="person", object_id=made.pk).batch

    undo(batch=gone, by=rep, at=LATER)
    undo(batch=creation, by=rep, at=LATER)

    assert list(Person.objects.living()) == [person]


def test_an_act_is_undone_once(rep):
    person, batch = a_person(), new_key()
    edit(person, batch=batch, country="Norway")
    undo(batch=batch, by=rep, at=LATER)

    with pytest.raises(NothingToUndo):
        undo(batch=batch, by=rep, at=LATER)


def test_old_version_loses_the_race_and_writes_nothing():
    person = a_person(job_title="Buyer")
    edit(person, job_title="Head of buying", version=1)

    with pytest.raises(LostRace):
        edit(person, job_title="Intern", version=1)

    person.refresh_from_db()
    assert (person.job_title, person.version) == ("Head of buying", 2)


def test_one_undoes_the_own_acts_only(rep, outsider, signed_in):
    person = a_person(owner=rep)
    batch = trash_people(people_ids=[person.pk], by=rep, at=AT)
    address = reverse("changes:undo", args=[batch])

    assert signed_in(outsider).post(address).status_code == 404
    assert Person.objects.living().count() == 0

    assert signed_in(rep).post(address).status_code == 302
    assert Person.objects.living().count() == 1


def test_undo_never_leads_to_another_site(rep, signed_in):
    batch = trash_people(people_ids=[a_person(owner=rep).pk], by=rep, at=AT)

    answer = signed_in(rep).post(
        reverse("changes:undo", args=[batch]), headers={"referer": "https://evil.example/"}
    )

    assert answer["location"] == "/"
