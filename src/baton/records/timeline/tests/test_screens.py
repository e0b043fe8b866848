from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.tests.factories import a_note, a_task, an_activity

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def write_url(record, kind="person"):
    return reverse("timeline:write", args=[kind, record.key])


def page_url(record, kind="person"):
    return reverse("timeline:subject", args=[kind, record.key])


@pytest.fixture
def person(rep):
    return a_person(owner=rep, full_name="Jonas Berg")


def test_a_note_is_written_and_leads_back_to_the_person(person, rep, signed_in):
    answer = signed_in(rep).post(write_url(person), {"kind": "note", "body": "Budget in May"})

    note = Note.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, person.get_absolute_url())
    assert (note.body, note.person, note.by) == ("Budget in May", person, rep)


def test_htmx_gets_the_panel_with_the_note_and_a_toast(person, rep, signed_in):
    sent = {"kind": "note", "body": "Budget in May"}

    answer = signed_in(rep).post(write_url(person), sent, headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "Budget in May" in page
    assert reverse("timeline:delete-note", args=[Note.objects.get().key]) in page
    assert "HX-Request" in answer["Vary"]


def test_a_call_is_logged_as_it_was(person, rep, signed_in):
    sent = {
        "kind": "call",
        "call_outcome": "conversation",
        "meeting_outcome": "no_show",
        "is_theirs": "on",
        "minutes": "12",
        "body": "Wants 80 sensors",
    }

    signed_in(rep).post(write_url(person), sent)

    call = Activity.objects.get()
    assert (call.kind, call.outcome, call.direction) == ("call", "conversation", "theirs")
    assert (call.minutes, call.body, call.person) == (12, "Wants 80 sensors", person)


def test_a_meeting_of_yesterday_is_logged_then(person, rep, signed_in):
    yesterday = timezone.localtime() - timedelta(days=1)
    sent = {
        "kind": "meeting",
        "meeting_outcome": "held",
        "happened_at": yesterday.strftime("%Y-%m-%dT%H:%M"),
    }

    signed_in(rep).post(write_url(person), sent)

    assert Activity.objects.get().at == yesterday.replace(second=0, microsecond=0)


def test_a_mail_has_a_subject_and_no_minutes(person, rep, signed_in):
    sent = {"kind": "mail", "mail_outcome": "sent", "subject": "Three depots", "minutes": "5"}

    signed_in(rep).post(write_url(person), sent)

    mail = Activity.objects.get()
    assert (mail.subject, mail.minutes, mail.direction) == ("Three depots", None, "ours")


def test_a_task_is_given_to_a_colleague_until_tomorrow(person, rep, colleague, signed_in):
    sent = {"kind": "task", "title": "Call again", "due": "tomorrow", "owner": colleague.key}

    signed_in(rep).post(write_url(person), sent)

    task = Task.objects.get()
    due = timezone.localtime(task.due_at)
    assert (task.owner, task.created_by, task.person) == (colleague, rep, person)
    assert due.date() == timezone.localdate() + timedelta(days=1)
    assert (due.hour, due.minute) == (23, 59)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "This field is required."),
        ({"kind": "sonnet"}, "sonnet is not one"),
        ({"kind": "note", "body": "  "}, "Write something first."),
        ({"kind": "note", "body": "x" * 20_001}, "20000"),
        ({"kind": "call", "body": "Wants 80 sensors"}, "Say how it went."),
        ({"kind": "call", "call_outcome": "held"}, "held"),
        ({"kind": "meeting", "meeting_outcome": "held", "minutes": "-1"}, "greater"),
        (
            {"kind": "call", "call_outcome": "voicemail", "happened_at": "2199-01-01T10:00"},
            "still to come",
        ),
        ({"kind": "task", "title": ""}, "Say what is to be done."),
        (
            {"kind": "call", "call_outcome": "voicemail", "happened_at": "0001-01-01T00:00"},
            "valid date and time",
        ),
        ({"kind": "task", "title": "x", "due_on": "soon"}, "valid date"),
        ({"kind": "task", "title": "x", "due_on": "9999-12-31"}, "valid date"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_makes_no_sense_comes_back_with_a_word(sent, words, headers, person, rep, signed_in):
    answer = signed_in(rep).post(write_url(person), sent, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("<html" in page) is not bool(headers)
    assert words in page
    assert not Note.objects.exists()
    assert not Activity.objects.exists()
    assert not Task.objects.exists()


def test_what_was_typed_is_kept_when_it_comes_back(person, rep, signed_in):
    sent = {"kind": "call", "body": "Wants 80 sensors <b>", "minutes": "7"}

    page = signed_in(rep).post(write_url(person), sent, headers=HTMX).content.decode()

    assert "Wants 80 sensors &lt;b&gt;" in page
    assert 'value="7"' in page


def test_a_task_cannot_be_given_to_an_outsider(person, rep, outsider, signed_in):
    sent = {"kind": "task", "title": "Call", "owner": outsider.key}

    answer = signed_in(rep).post(write_url(person), sent)

    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_scripts_are_shown_not_run(person, rep, signed_in):
    a_note(by=rep, person=person, body="<script>alert(1)</script>")

    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_company_has_a_timeline_of_its_own(rep, signed_in):
    company = a_company(owner=rep)
    client = signed_in(rep)

    client.post(write_url(company, "company"), {"kind": "note", "body": "Moves in May"})
    page = client.get(company.get_absolute_url()).content.decode()

    assert Note.objects.get().company == company
    assert "Moves in May" in page


def test_the_fragment_shows_one_side_and_the_page_works_without_it(person, rep, signed_in):
    an_activity(by=rep, person=person, body="Wants 80 sensors")
    client = signed_in(rep)

    marketing = client.get(page_url(person), {"side": "marketing"}, headers=HTMX)
    alone = client.get(page_url(person), {"side": "sales"})
    on_the_page = client.get(person.get_absolute_url(), {"side": "marketing"})

    assert "Wants 80 sensors" not in marketing.content.decode()
    assert "<html" not in marketing.content.decode()
    assert "Wants 80 sensors" in alone.content.decode()
    assert "Wants 80 sensors" not in on_the_page.content.decode()


@pytest.mark.parametrize("query", [{"side": "top"}, {"before": "x"}, {"before": "x", "more": "1"}])
def test_nonsense_in_the_address_shows_everything(query, person, rep, signed_in):
    a_note(by=rep, person=person, body="Budget in May")

    answer = signed_in(rep).get(page_url(person), query)

    assert answer.status_code == 200
    assert "Budget in May" in answer.content.decode()


def test_older_entries_come_page_by_page(person, rep, signed_in):
    for number in range(40):
        a_note(by=rep, person=person, body=f"Note {number:02}")
    client = signed_in(rep)

    first = client.get(page_url(person), headers=HTMX)
    older = first.context["timeline"].older
    second = client.get(f"{page_url(person)}?{older}&more=1", headers=HTMX)

    assert "Note 10" in first.content.decode()
    assert "Note 09" not in first.content.decode()
    assert "Note 09" in second.content.decode()
    assert "timeline-bar" not in second.content.decode()
    assert second.context["timeline"].older == ""


def test_owner_and_colleague_write_and_an_outsider_finds_nobody(
    person, rep, colleague, outsider, signed_in
):
    sent = {"kind": "note", "body": "Budget in May"}

    statuses = [
        signed_in(user).post(write_url(person), sent).status_code
        for user in (rep, colleague, outsider)
    ]

    assert statuses == [302, 302, 404]
    assert signed_in(outsider).get(page_url(person)).status_code == 404
    assert Note.objects.count() == 2


@pytest.mark.parametrize("kind", ["sonnet", "deal"])
def test_a_record_that_nobody_knows_is_not_found(kind, person, rep, signed_in):
    url = reverse("timeline:write", args=[kind, person.key])

    assert signed_in(rep).post(url, {"kind": "note", "body": "x"}).status_code == 404


def test_who_only_looks_sees_no_composer_and_writes_nothing(person, rep, signed_in):
    a_note(by=rep, person=person, body="Budget in May")
    client = signed_in(a_viewer())

    page = client.get(person.get_absolute_url()).content.decode()
    answer = client.post(write_url(person), {"kind": "note", "body": "x"})

    assert "Budget in May" in page
    assert write_url(person) not in page
    assert reverse("timeline:edit-note", args=[Note.objects.get().key]) not in page
    assert answer.status_code == 403


def a_viewer() -> User:
    return create_user(name="Vera", role="viewer", email="vera@fennmark.example")


@pytest.mark.parametrize("count", [1, 12])
def test_the_panel_costs_the_same_however_much_it_tells(
    count, person, rep, colleague, signed_in, django_assert_num_queries
):
    for number in range(count):
        a_note(by=colleague, person=person, body=f"Note {number}")
        an_activity(by=rep, person=person, body=f"Talk {number}")
        a_task(owner=rep, person=person, title=f"Task {number}")
    client = signed_in(rep)

    with django_assert_num_queries(14):  # one asks whether something is pinned
        panel = client.get(page_url(person), headers=HTMX).content.decode()

    assert f"Talk {count - 1}" in panel
