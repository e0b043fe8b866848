"""Files on people and companies: taken, seen, sent, removed, carried, thrown away."""

import errno
import hashlib
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.colleagues.slots import record_kinds
from baton.core.facts.models import FactRecord
from baton.core.files import actions, store
from baton.core.files.models import File
from baton.core.files.store import Received
from baton.records.people.actions import merge_people, trash_people, unmerge
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 an offer"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def put(record, name="Offer.pdf", content=PDF, *, by, kind="person"):
    received = Received(name=name)
    received.take(content)
    received.end()
    found = record_kinds.find(kind)
    assert found
    added = actions.add_files(kind=found, record=record, received=[received], by=by, at=AT)
    return added.files[0]


def send(client, record, *files, kind="person", **more):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    url = reverse("files:record", args=[kind, record.key])
    return client.post(url, {"file": sent}, **more)


def on_disk(home):
    return sorted(path.name for path in (home / "media").rglob("*") if path.is_file())


def test_uploaded_files_stand_on_the_page_and_are_sent_to_be_kept(signed_in, rep, home):
    person, client = a_person(owner=rep), signed_in(rep)

    page = send(client, person, ("../Offer.pdf", PDF), ("page.html", b"<script>1</script>"))
    shown = client.get(person.get_absolute_url()).content.decode()

    assert (page.status_code, page["Location"]) == (302, person.get_absolute_url())
    assert "2 files added." in shown
    assert "Offer.pdf" in shown
    assert "17 B, Teo" in shown
    assert 'type="submit" aria-label="Remove Offer.pdf"' in shown
    offer, html = File.objects.order_by("pk")
    assert (offer.name, offer.kind, offer.size) == ("Offer.pdf", "application/pdf", len(PDF))
    assert (html.kind, html.by) == ("text/plain", rep)
    assert on_disk(home) == sorted([offer.content, html.content])
    answer = client.get(html.get_absolute_url())
    assert b"".join(answer.streaming_content) == b"<script>1</script>"
    assert answer["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Content-Type"] == "text/plain"


def test_same_file_again_is_there_once(signed_in, rep):
    person, client = a_person(owner=rep), signed_in(rep)
    send(client, person, ("Offer.pdf", PDF))

    send(client, person, ("Offer.pdf", PDF))

    assert File.objects.count() == 1
    assert "This is here already." in client.get(person.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("big.bin", b"x" * 1001)], "“big.bin” is larger than 1 kB."),
        ([("ok.txt", b"x"), ("none.txt", b"")], "“none.txt” is empty."),
        ([(f"{n}.txt", b"x") for n in range(21)], "Up to 20 files go at once."),
        ([], "Choose a file first."),
        ([("1.txt", b"x" * 900), ("2.txt", b"y" * 900)], "there is no room left."),
    ],
)
def test_what_is_not_taken_is_refused_in_a_sentence(files, words, signed_in, rep, settings, home):
    settings.FILE_MAX_SIZE, settings.FILES_MAX_TOTAL = 1_000, 1_500
    person = a_person(owner=rep)

    page = send(signed_in(rep), person, *files)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not File.objects.exists()
    assert on_disk(home) == []


def test_full_disk_is_refused_and_nothing_is_left(signed_in, rep, monkeypatch, home):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    person = a_person(owner=rep)
    monkeypatch.setattr(os, "fsync", full)

    page = send(signed_in(rep), person, ("Offer.pdf", PDF))

    assert page.status_code == 422
    assert "The server’s disk is full: nothing was kept." in page.content.decode()
    assert (File.objects.count(), on_disk(home)) == (0, [])


def test_little_room_on_the_disk_is_left_to_the_database(signed_in, rep, monkeypatch, home):
    monkeypatch.setattr(store, "RESERVE", 10**18)

    page = send(signed_in(rep), a_person(owner=rep), ("Offer.pdf", PDF))

    assert (page.status_code, on_disk(home)) == (422, [])


def test_without_the_forms_token_nothing_is_taken(rep, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(rep, backend="baton.core.access.backends.PasswordBackend")

    assert send(client, a_person(owner=rep), ("Offer.pdf", PDF)).status_code == 403
    assert not File.objects.exists()


def test_files_are_seen_exactly_as_their_record(signed_in, rep, colleague, outsider):
    person = a_person(owner=rep)
    file = put(person, by=rep)
    url, page = file.get_absolute_url(), reverse("files:record", args=["person", person.key])

    statuses = {
        user.name: [signed_in(user).get(at).status_code for at in (url, page)]
        for user in (rep, colleague, outsider)
    }
    refused = send(signed_in(outsider), person, ("x.txt", b"x"))
    gone = signed_in(outsider).post(reverse("files:remove", args=[file.key]))
    trash_people(people_ids=[person.pk], by=rep, at=AT)

    assert statuses == {"Teo": [200, 200], "Nora": [200, 200], "Otto": [404, 404]}
    assert (refused.status_code, gone.status_code) == (404, 404)
    assert signed_in(rep).get(url).status_code == 404


def test_removed_file_comes_back_by_undo_and_from_the_trash(signed_in, rep):
    person, client = a_person(owner=rep), signed_in(rep)
    file = put(person, by=rep)
    url = reverse("files:remove", args=[file.key])

    page = client.post(url, follow=True).content.decode()
    hidden = client.get(file.get_absolute_url()).status_code
    trash = client.get(reverse("changes:trash"), {"kind": "file"}).content.decode()
    batch = Change.objects.filter(object_type="file").latest("pk").batch
    client.post(reverse("changes:undo", args=[batch]))

    assert "“Offer.pdf” is in the trash." in page
    assert "File removed: Offer.pdf" in page
    assert (hidden, "Offer.pdf" in trash) == (404, True)
    assert client.get(file.get_absolute_url()).status_code == 200
    told = client.get(person.get_absolute_url()).content.decode()
    assert "File: Offer.pdf" in told
    assert "File removed" not in told


def test_missing_content_is_said_and_no_error(signed_in, rep, home):
    person, client = a_person(owner=rep), signed_in(rep)
    file = put(person, by=rep)
    store.path_of(file.content).unlink()

    page = client.get(file.get_absolute_url(), follow=True)

    assert page.status_code == 200
    assert "is missing on the server" in page.content.decode()


def test_merged_people_bring_their_files_and_take_them_back(rep):
    kept, merged = a_person(owner=rep), a_person(owner=rep)
    file, other = put(merged, by=rep), put(a_company(owner=rep), by=rep, kind="company")

    batch = merge_people(kept=kept, merged=[merged], by=rep, at=AT)
    then = File.objects.get(pk=file.pk).object_id
    unmerge(batch=batch, by=rep, at=AT)

    assert then == kept.pk
    assert File.objects.get(pk=file.pk).object_id == merged.pk
    assert File.objects.get(pk=other.pk).object_id == other.object_id


def test_only_what_nobody_can_have_back_is_thrown_away(rep, home):
    person = a_person(owner=rep)
    living, removed = put(person, by=rep), put(person, "Old.txt", b"old", by=rep)
    lately = put(person, "New.txt", b"new", by=rep)
    actions.remove_file(file=removed, by=rep, at=AT)
    actions.remove_file(file=lately, by=rep, at=AT + timedelta(days=20))
    fresh, killed = store.path_of("0" * 64), home / "media/files/incoming/tmp1"
    for path in (fresh, killed):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in (home / "media").rglob("*"):
        if path.is_file() and path != fresh:
            os.utime(path, (0, 0))
    os.utime(fresh, (later := (AT + timedelta(days=31)).timestamp(), later))

    actions.throw_away_old(at=AT + timedelta(days=31))

    assert on_disk(home) == sorted([living.content, lately.content, "0" * 64])
    assert set(File.objects.values_list("pk", flat=True)) == {living.pk, lately.pk}


def test_sweep_that_was_killed_loses_nothing(rep, home):
    file = put(a_person(owner=rep), by=rep)
    path = store.path_of(file.content)
    path.rename(path.with_suffix(".going"))

    actions.throw_away_old(at=AT)

    assert path.read_bytes() == PDF


def test_upload_is_one_act_with_its_facts(rep):
    person = a_person(owner=rep, company=a_company())
    file = put(person, by=rep)
    [fact] = FactRecord.objects.filter(name="file.added")

    undo(batch=Change.objects.get(object_type="file").batch, by=rep, at=AT)

    assert (fact.person_id, fact.company_id, fact.actor_id) == (
        person.pk,
        person.company_id,
        rep.pk,
    )
    assert fact.payload["file_id"] == file.pk
    assert not File.objects.living().exists()


def test_api_lists_takes_sends_and_removes(api_client, rep, outsider):
    person, client = a_person(owner=rep), api_client(rep)
    url = f"/api/v1/files/person/{person.key}/"

    made = client.post(url, {"file": SimpleUploadedFile("Offer.pdf", PDF)})
    listed = client.get(url).json()["items"]
    one = f"/api/v1/files/{made.json()['key']}/"
    content = b"".join(client.get(one).streaming_content)
    foreign = [api_client(outsider).get(at).status_code for at in (url, one)]
    removed = client.delete(one).status_code

    assert made.status_code == 200
    assert made.json()["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert [row["name"] for row in listed] == ["Offer.pdf"]
    assert listed[0]["type"] == "application/pdf"
    assert (content, foreign) == (PDF, [404, 404])
    assert (removed, client.get(one).status_code) == (204, 404)


@pytest.mark.parametrize("data", [{}, {"file": "text"}])
def test_api_wants_a_file(data, api_client, rep):
    url = f"/api/v1/files/person/{a_person(owner=rep).key}/"

    assert api_client(rep).post(url, data).status_code == 422


def test_files_cost_the_page_one_question(
    signed_in, rep, django_assert_max_num_queries, django_assert_num_queries
):
    person, client = a_person(owner=rep), signed_in(rep)
    client.get(person.get_absolute_url())
    with django_assert_max_num_queries(60) as none:
        client.get(person.get_absolute_url())
    for n in range(9):
        put(person, f"{n}.txt", b"%d" % n, by=rep)
    FactRecord.objects.filter(name="file.added").delete()

    with django_assert_num_queries(len(none)):
        page = client.get(person.get_absolute_url()).content.decode()

    assert "All files" in page
