import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Note
from baton.records.timeline.tests.factories import a_note, an_activity

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(rep):
    return a_person(owner=rep)


def test_the_writer_edits_a_note(person, rep, signed_in):
    note = a_note(by=rep, person=person)
    url = reverse("timeline:edit-note", args=[note.key])
    client = signed_in(rep)

    form = client.get(url, headers=HTMX).content.decode()
    answer = client.post(url, {"body": "Other words", "version": "1"}, headers=HTMX)

    note.refresh_from_db()
    assert "Wants a call in April" in form
    assert answer["HX-Redirect"] == person.get_absolute_url()
    assert note.body == "Other words"


def test_an_edit_of_an_old_version_keeps_what_was_typed(person, rep, signed_in):
    note = a_note(by=rep, person=person)
    url = reverse("timeline:edit-note", args=[note.key])
    client = signed_in(rep)
    client.post(url, {"body": "First", "version": "1"})

    answer = client.post(url, {"body": "Second", "version": "1"})

    assert answer.status_code == 422
    assert "Second" in answer.content.decode()
    assert Note.objects.get().body == "First"


def test_an_activity_is_edited_and_leads_back_where_one_was(person, rep, signed_in):
    activity = an_activity(by=rep, person=person)
    url = reverse("timeline:edit-activity", args=[activity.key])
    sent = {"subject": "", "minutes": "20", "body": "More words", "version": "1"}
    here = f"http://testserver{person.get_absolute_url()}?side=sales"

    answer = signed_in(rep).post(url, sent, headers={"Referer": here})

    activity.refresh_from_db()
    assert answer["Location"] == f"{person.get_absolute_url()}?side=sales"
    assert (activity.minutes, activity.body) == (20, "More words")


def test_a_strangers_page_is_not_led_back_to(person, rep, signed_in):
    note = a_note(by=rep, person=person)
    url = reverse("timeline:delete-note", args=[note.key])

    answer = signed_in(rep).post(url, headers={"Referer": "https://evil.example/"})

    assert answer["Location"] == person.get_absolute_url()


@pytest.mark.parametrize("name", ["note", "activity"])
def test_what_is_deleted_comes_back_by_undo(name, person, rep, signed_in):
    row = (a_note if name == "note" else an_activity)(by=rep, person=person)
    client = signed_in(rep)

    client.post(reverse(f"timeline:delete-{name}", args=[row.key]))
    row.refresh_from_db()
    gone = row.deleted_at
    batch = Change.objects.get(verb="deleted").batch
    client.post(reverse("timeline:undo", args=[batch]))

    row.refresh_from_db()
    assert gone
    assert row.deleted_at is None


def test_undo_is_for_who_did_it(person, rep, colleague, signed_in):
    note = a_note(by=rep, person=person)
    signed_in(rep).post(reverse("timeline:delete-note", args=[note.key]))
    batch = Change.objects.get(verb="deleted").batch

    answer = signed_in(colleague).post(reverse("timeline:undo", args=[batch]))

    assert answer.status_code == 404
    assert not Note.objects.filter(deleted_at=None).exists()


@pytest.mark.parametrize("name", ["edit-note", "delete-note", "edit-activity", "delete-activity"])
def test_an_outsider_finds_nothing_to_edit(name, person, rep, outsider, signed_in):
    row = (a_note if "note" in name else an_activity)(by=rep, person=person)

    answer = signed_in(outsider).post(reverse(f"timeline:{name}", args=[row.key]))

    assert answer.status_code == 404
