"""A disk without room: files that are sent are refused whole, an import waits and goes on."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError
from django.urls import reverse

from baton.core.errors import is_disk_full
from baton.operations.exchange.actions import receiving, running, uploads
from baton.operations.exchange.models import Import
from baton.operations.exchange.tasks import ring_imports
from baton.operations.exchange.tests.test_spreadsheets import PEOPLE, a_book
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
TEXT = b"Full Name,Email\nLena Fischer,lena@halden.example\nBen Okafor,soon\n"


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def client(signed_in, admin, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    return signed_in(admin)


def send(client, content=TEXT, name="people.csv"):
    data = {"uploaded": SimpleUploadedFile(name, content), "zone": "Europe/Berlin"}
    return client.post(reverse("exchange:new-import"), data)


def folders(settings):
    found = settings.HOME / "imports"
    return [*found.iterdir()] if found.is_dir() else []


@pytest.mark.parametrize("where", ["receiving", "keeping"])
def test_upload_is_refused_in_a_sentence_and_nothing_is_left(client, settings, monkeypatch, where):
    target = (TemporaryUploadedFile, "write") if where == "receiving" else (receiving, "_keep")
    monkeypatch.setattr(*target, full, raising=False)

    answer = send(client)

    assert answer.status_code == 507
    assert "The server’s disk is full: nothing was kept." in answer.content.decode()
    assert (Import.objects.count(), folders(settings)) == (0, [])
    monkeypatch.undo()
    assert send(client).status_code == 302


@pytest.mark.parametrize("act", ["_changes", "write_leftovers"], ids=["looking", "running"])
def test_import_waits_for_room_and_goes_on(client, monkeypatch, run_background, act):
    if act == "write_leftovers":
        send(client)
        run_background()
        monkeypatch.setattr(uploads, act, full)
        client.post(reverse("exchange:start-import", args=[Import.objects.get().key]))
    else:
        monkeypatch.setattr(uploads, act, full)
        send(client)
    run_background()
    record = Import.objects.get()
    page = reverse("exchange:import", args=[record.key])
    assert record.state in ("checking", "running")
    assert "it goes on by itself within five minutes" in client.get(page).content.decode()

    monkeypatch.undo()
    ring_imports.func()
    run_background()

    record.refresh_from_db()
    assert (record.state, record.refusal) == (
        ("done", "") if act == "write_leftovers" else ("ready", "")
    )
    assert record.report["totals"]["failed"] == 1
    assert Person.objects.count() == (act == "write_leftovers")


def test_database_without_room_stops_between_two_portions(client, monkeypatch, run_background):
    send(client)
    run_background()
    cause = type("Full", (Exception,), {"sqlite_errorcode": 13})()

    def no_room(*_args):
        raise OperationalError("database or disk is full") from cause

    monkeypatch.setattr(running, "write", no_room)
    client.post(reverse("exchange:start-import", args=[Import.objects.get().key]))
    run_background()
    assert (Import.objects.get().state, Person.objects.count()) == ("running", 0)

    monkeypatch.undo()
    ring_imports.func()
    run_background()

    assert (Import.objects.get().state, Person.objects.count()) == ("done", 1)


def test_sheet_without_room_is_not_called_too_large(client, tmp_path, monkeypatch, run_background):
    said = type("Done", (), {"stdout": b'{"refused": "full"}'})
    monkeypatch.setattr("subprocess.run", lambda *_args, **_more: said)

    send(client, a_book(tmp_path / "people.xlsx", Leads=PEOPLE).read_bytes(), "people.xlsx")
    run_background()

    record = Import.objects.get()
    assert (record.state, "disk is full" in record.refusal) == ("checking", True)


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EDQUOT, "x"), True),
        (OSError(errno.EACCES, "x"), False),
        (OperationalError("locked"), False),
        (ValueError("x"), False),
    ],
)
def test_what_counts_as_a_full_disk(error, is_full):
    assert is_disk_full(error) is is_full
