import pytest
from django.urls import reverse

from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Draft, Note

pytestmark = pytest.mark.django_db
NOTE = {"kind": "note", "body": "They want it in May"}


@pytest.fixture
def person(rep):
    return a_person(owner=rep, full_name="Ann Lund")


def url(person, name):
    return reverse(f"timeline:{name}", args=["person", person.key])


def test_draft_is_there_again_for_its_writer_only(signed_in, rep, admin, person):
    kept = signed_in(rep).post(url(person, "draft"), NOTE)

    mine, theirs = (signed_in(u).get(person.get_absolute_url()) for u in (rep, admin))

    assert kept.status_code == 204
    assert "They want it in May" in mine.content.decode()
    assert "Draft, not sent yet" in mine.content.decode()
    assert "They want it in May" not in theirs.content.decode()


def test_other_kinds_come_back_as_they_were(signed_in, rep, person):
    call = {"kind": "call", "call_outcome": "voicemail", "body": "Rang twice", "minutes": "4"}
    client = signed_in(rep)
    client.post(url(person, "draft"), {"kind": "note", "body": "Before"})

    client.post(url(person, "draft"), call)

    html = client.get(person.get_absolute_url()).content.decode()
    assert Draft.objects.get().values == call
    assert 'value="voicemail" checked' in html
    assert 'value="call" checked' in html


@pytest.mark.parametrize("act", ["sent", "emptied"])
def test_draft_is_gone_when_it_is_sent_or_emptied(signed_in, rep, person, act):
    client = signed_in(rep)
    client.post(url(person, "draft"), NOTE)

    if act == "sent":
        client.post(url(person, "write"), NOTE)
    else:
        client.post(url(person, "draft"), {"kind": "note", "body": " "})

    assert not Draft.objects.exists()


def test_draft_stays_when_what_was_sent_is_refused(signed_in, rep, person):
    client = signed_in(rep)
    client.post(url(person, "draft"), {"kind": "call", "body": "Rang"})

    client.post(url(person, "write"), {"kind": "call", "body": "Rang"})

    assert Draft.objects.get().values["body"] == "Rang"


def test_composer_sent_twice_writes_once(signed_in, rep, person):
    client = signed_in(rep)
    token = client.get(person.get_absolute_url()).context["timeline"].token

    for _press in range(2):
        client.post(url(person, "write"), NOTE | {"token": token})

    assert Note.objects.count() == 1


def test_outsider_keeps_no_draft(signed_in, outsider, person):
    answer = signed_in(outsider).post(url(person, "draft"), NOTE)

    assert (answer.status_code, Draft.objects.count()) == (404, 0)
