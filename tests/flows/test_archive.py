"""Everything out of one house and into an empty one: nothing is lost on the way."""

import json
import zipfile

import pytest
from django.apps import apps

from baton.core.access.models import User
from baton.core.files.models import File
from baton.core.files.store import path_of
from baton.core.offers import archive_parts
from baton.core.settings.models import Organisation
from baton.marketing.capture.tests.factories import AT
from baton.operations.exchange.actions.archived import left_out, tables
from baton.operations.exchange.actions.archiving import write_everything
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from tests.flows.foreign import fill_house

pytestmark = pytest.mark.django_db
SECRET = ("secret", "password", "digest", "sealed", "token")
# They name what is no secret, or are blank.
HARMLESS = {
    "access.User.password",  # blank
    "exchange.ImportedRow.digest",  # of what a file said
    "scoring.Foresight.digest",  # of what was learned
    "notices.Habits.digest_minute",  # when a mail comes
    "timeline.Sent.token",  # a form that was sent already
    "capture.Submission.token",  # the same
    "deals.Deal.client_token",  # the same
    "scheduling.Booking.token",  # the same
}


@pytest.fixture(scope="module")
def taken_out(story, tmp_path_factory):
    fill_house(story.house, story.clock, story.settle)
    path = tmp_path_factory.mktemp("archive") / "everything.zip"
    write_everything(path=path, at=AT)
    return path


def contents(path):
    """All but the moment at which it was made."""
    with zipfile.ZipFile(path) as source:
        found = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(found.pop("manifest.json"))
    manifest.pop("made_at")
    return manifest, found


def test_nothing_is_lost_on_the_way(taken_out, make_house, tmp_path):
    house = make_house()
    house("init", "--admin", "eva@fennmark.example")

    said = house("import", taken_out)
    house("export", tmp_path / "again.zip")

    assert "disarmed" in said
    before, rows_before = contents(taken_out)
    after, rows_after = contents(tmp_path / "again.zip")
    eva = {"rows": before["rows"] + 1}  # who set the new house up still signs in there
    users = next(part for part in after["parts"] if part["table"] == "access.User")
    changed = {name for name, data in rows_before.items() if rows_after[name] != data}
    assert after["rows"] == eva["rows"]
    assert changed == {"access.User.jsonl", "access.User.csv"}
    assert rows_after["access.User.jsonl"].startswith(rows_before["access.User.jsonl"])
    assert users["rows"] == len(rows_after["access.User.jsonl"].splitlines())
    assert User.objects.get(email="eva@fennmark.example").can_sign_in()
    assert not Organisation.objects.get().is_armed
    assert StageChange.objects.filter(person__full_name="Helga Lund").count() > 2
    fresh = Person.objects.create(full_name="New", sort_key="new", origin="sales")
    offer = File.objects.get(name="Offer.txt")
    assert path_of(offer.content).read_bytes() == b"Offer.txt"
    assert path_of(offer.content).is_relative_to(house.home)
    assert fresh.pk > Person.objects.exclude(pk=fresh.pk).latest("pk").pk


def test_house_with_records_is_left_alone(taken_out, make_house, tmp_path):
    house = make_house()
    house("import", taken_out)

    said = house("import", taken_out, code=2)

    assert "holds records already" in said


@pytest.mark.parametrize("what", ["people.Person.jsonl", "core.FactRecord.jsonl"])
def test_damaged_file_brings_nothing(what, taken_out, make_house, tmp_path):
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(taken_out) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[:-2] if name == what else data)
    house = make_house()
    house("init", "--admin", "eva@fennmark.example")

    said = house("import", broken, code=2)

    assert f"{what} is not what was written" in said
    assert not Person.objects.exists()


def test_file_of_a_newer_baton_is_refused(taken_out, make_house, tmp_path):
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(taken_out) as source, zipfile.ZipFile(newer, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        manifest["parts"][0]["columns"].append("unheard_of")
        target.writestr("manifest.json", json.dumps(manifest))

    assert "Upgrade first" in make_house()("import", newer, code=2)


def test_every_table_is_told_of():
    """A new module says with an ``ArchivePart`` what of it goes along."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("baton.")]
    told = {one.model for one in tables()} | {model for model, _why in left_out()}

    assert [model._meta.label for model in ours if model not in told and model._meta.managed] == []
    for part in archive_parts:
        names = {model.__name__ for model in apps.get_app_config(part.app).get_models()}
        assert {*part.left_out, *part.blank, *part.made_at_first} <= names


def test_no_secret_goes_along():
    found = {
        f"{table.name}.{column}"
        for table in tables()
        for column in table.columns
        if any(word in column for word in SECRET)
    }

    assert found == HARMLESS
    assert next(one for one in tables() if one.model is User).blank == {"password": "!"}
