import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.operations.exchange.actions import everything, exporting
from baton.operations.exchange.models import Export
from baton.records.people.tests.factories import AT, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def begun(signed_in, admin):
    a_person()
    signed_in(admin).post(reverse("exchange:everything"))
    return Export.objects.get()


def test_admin_gets_everything_by_a_job(signed_in, admin, begun, run_background):
    run_background()

    page = signed_in(admin).get(reverse("exchange:export", args=[begun.key]))
    file = signed_in(admin).get(reverse("exchange:download-export", args=[begun.key]))
    assert "Download" in page.content.decode()
    assert file["Content-Type"] == "application/zip"
    assert b"".join(file.streaming_content)[:2] == b"PK"
    with zipfile.ZipFile(exporting.file_of(begun)) as made:
        assert "people.Person.csv" in made.namelist()
        assert b'"password":"!"' in made.read("access.User.jsonl")
    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("done", begun.total)


def test_nobody_else_takes_everything(signed_in, rep, marketer):
    for user in (rep, marketer):
        assert signed_in(user).get(reverse("exchange:everything")).status_code == 403
        assert signed_in(user).post(reverse("exchange:everything")).status_code == 403
        assert "everything" not in signed_in(user).get(reverse("exchange:exports")).content.decode()
    assert not Export.objects.exists()


def test_stopped_one_leaves_no_file(signed_in, admin, begun, run_background):
    signed_in(admin).post(reverse("exchange:cancel-export", args=[begun.key]))
    run_background()

    begun.refresh_from_db()
    assert begun.state == "stopped"
    assert not list(exporting.file_of(begun).parent.glob(f"{begun.key}*"))


def test_stop_is_seen_while_it_is_written(begun, admin):
    everything._beside(begun).unlink()

    assert not everything._go_on(begun, 1, 2)


def test_rights_that_are_gone_make_no_file(admin, begun, run_background):
    admin.role = "rep"
    admin.save()
    run_background()

    begun.refresh_from_db()
    assert begun.state == "refused"
    assert not exporting.file_of(begun).exists()


def test_one_whose_worker_died_is_begun_anew(begun):
    now = timezone.now()

    assert everything.forgotten(at=now) == []
    assert everything.forgotten(at=now + timedelta(minutes=3)) == [begun.pk]


def test_disk_that_is_full_ends_it(begun, monkeypatch):
    def full(**_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(everything, "write_everything", full)
    with pytest.raises(OSError, match="No space"):
        everything.make_everything(export_id=begun.pk, at=AT)

    begun.refresh_from_db()
    assert begun.state == "failed"
