from datetime import timedelta

import pytest
from django.urls import reverse

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.actions import LostRace, NothingToUndo, undo
from baton.core.changes.models import Change
from baton.core.changes.slots import tracked
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


def test_undo_draws_the_whole_page_that_it_was_done_on(rep, signed_in):
    """A list would answer with its rows alone, into the place of the toast."""
    batch = trash_people(people_ids=[a_person(owner=rep).pk], by=rep, at=AT)
    page = f"{reverse('people:list')}?q=a"

    answer = signed_in(rep).post(
        reverse("changes:undo", args=[batch]),
        headers={"referer": f"http://testserver{page}", "hx-request": "true"},
    )

    assert (answer.status_code, answer["HX-Redirect"]) == (204, page)


def test_undo_never_leads_to_another_site(rep, signed_in):
    batch = trash_people(people_ids=[a_person(owner=rep).pk], by=rep, at=AT)

    answer = signed_in(rep).post(
        reverse("changes:undo", args=[batch]), headers={"referer": "https://evil.example/"}
    )

    assert answer["location"] == "/"


def test_act_on_what_one_reaches_no_more_is_not_there(rep, outsider, signed_in):
    person, batch = a_person(owner=rep, job_title="Buyer"), new_key()
    edit(person, batch=batch, by=rep, job_title="Head of buying")
    Person.objects.update(owner=outsider)

    answer = signed_in(rep).post(reverse("changes:undo", args=[batch]))

    assert answer.status_code == 404
    assert Person.objects.get().job_title == "Head of buying"


def test_undoing_a_creation_needs_the_right_to_delete(rep, colleague, signed_in):
    """A rep deletes the own ones, and edits those of the team."""
    made = create_person(full_name="New", origin="sales", at=AT, by=rep, owner=colleague)
    batch = Change.objects.get(object_type="person", object_id=made.pk).batch
    address = reverse("changes:undo", args=[batch])

    assert signed_in(rep).post(address).status_code == 404
    Person.objects.update(owner=rep)
    assert signed_in(rep).post(address).status_code == 302
    assert not Person.objects.living().exists()


def test_act_that_two_wrote_is_nobodys(rep, colleague, signed_in):
    person, batch = a_person(owner=rep), new_key()
    edit(person, batch=batch, by=rep, country="Norway")
    edit(person, batch=batch, by=colleague, job_title="Buyer")

    assert signed_in(rep).post(reverse("changes:undo", args=[batch])).status_code == 404


def test_role_that_was_taken_away_takes_its_undo_along(rep, signed_in):
    person, batch = a_person(owner=rep), new_key()
    edit(person, batch=batch, by=rep, country="Norway")
    type(rep).objects.update(role="viewer")

    assert signed_in(rep).post(reverse("changes:undo", args=[batch])).status_code == 404


def test_undo_that_finds_everything_changed_since_says_so(rep, signed_in):
    person, batch = a_person(owner=rep), new_key()
    edit(person, batch=batch, by=rep, country="Norway")
    edit(person, country="Sweden")

    with pytest.raises(NothingToUndo):
        undo(batch=batch, by=rep, at=LATER)

    assert not Change.objects.exclude(undone_at=None).exists()


def test_undo_of_a_creation_that_somebody_deleted_says_so(rep):
    made = create_person(full_name="New", origin="sales", at=AT, by=rep)
    batch = Change.objects.get(object_type="person", object_id=made.pk).batch
    trash_people(people_ids=[made.pk], by=rep, at=AT)

    with pytest.raises(NothingToUndo):
        undo(batch=batch, by=rep, at=LATER)


def test_each_kind_that_can_be_undone_says_who_reaches_it(admin):
    for kind in tracked:
        for verb in (Verb.EDIT, Verb.DELETE):
            everything = kind.reach(admin, verb)
            assert everything.count() == everything.model._default_manager.count()
            assert not kind.reach(User(role="viewer", pk=0), verb).exists()
