import errno
import io
import shutil
import tarfile
from datetime import UTC, datetime
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from baton.core.access.models import User
from baton.core.settings.models import Organisation
from baton.core.signin.actions import begin_second_step
from baton.operations.administration.actions import backup, postgres_copy, set_up

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def saved(house_databases, django_db_blocker, tmp_path_factory):
    """The backup of an installation, made once for all."""
    home = tmp_path_factory.mktemp("old")
    files = {"media/logo.txt": "a file", "keys/secret": "a key", "keys/sealing": "another"}
    for name, text in files.items():
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text)
    with (
        django_db_blocker.unblock(),
        override_settings(HOME=home),
        house_databases.used(house_databases.new(home, is_migrated=True)),
    ):
        set_up(admin_email="ada@fennmark.example", password="a long one", at=AT)
        backup.back_up(path=home / "all.baton", at=AT)
    return home / "all.baton"


@pytest.fixture
def house(make_house):
    return make_house()


def test_restored_instance_is_the_same_and_disarmed(house, saved, tmp_path):
    said = house("restore", saved)

    assert "disarmed" in said
    assert (house.home / "media" / "logo.txt").read_text() == "a file"
    assert (house.home / "keys" / "secret").read_text() == "a key"
    assert not (house.home / "keys" / "sealing").exists()
    assert "ada@fennmark.example has an account" in house("init", "--admin", "ada@fennmark.example")
    assert "disarmed" in house("doctor", code=1)
    house("restore", "--arm")
    assert "disarmed" not in house("doctor", code=1)
    assert "data here already" in house("restore", saved, code=2)
    assert "rows, " in house("backup", tmp_path / "again.baton")


def test_backup_says_that_the_key_of_second_steps_stays_out(house, tmp_path):
    house("init", "--admin", "ada@fennmark.example")
    without = house("backup", tmp_path / "one.baton")

    begin_second_step(user=User.objects.get())

    assert "sealing" not in without
    assert "keys/sealing is not in it" in house("backup", tmp_path / "two.baton")


def test_restore_that_is_killed_leaves_no_armed_copy(house, saved, monkeypatch):
    """``migrate`` is the first that runs when the data are in."""

    def die(*words, **options):
        raise InterruptedError

    monkeypatch.setattr(backup, "call_command", die)
    with pytest.raises(InterruptedError):
        house("restore", saved)

    assert list(Organisation.objects.values_list("name", "is_armed")) == [("My company", False)]


def test_restore_that_is_killed_before_the_data_are_in_can_be_repeated(house, saved, monkeypatch):
    def die(*words, **options):
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copytree", die)
        with pytest.raises(InterruptedError):
            house("restore", saved)

    assert "rows are back" in house("restore", saved)


def test_backup_of_an_older_version_is_brought_to_today(make_house, tmp_path, monkeypatch):
    """Its rows go into tables of its time, which then grow as they would have grown."""
    late, tables = "axes_accessattemptexpiration", postgres_copy._tables()
    old = make_house("old")
    before_it(late)
    set_up(admin_email="ada@fennmark.example", password="a long one", at=AT)
    with monkeypatch.context() as then:
        then.setattr(postgres_copy, "_tables", lambda: [one for one in tables if one != late])
        old("backup", tmp_path / "old.baton")
    new = make_house("new")
    before_it(late)

    new("restore", tmp_path / "old.baton")

    assert late in connection.introspection.table_names()
    assert User.objects.get().email == "ada@fennmark.example"


def before_it(late):
    MigrationExecutor(connection).migrate([("axes", "0009_add_session_hash")])
    assert late not in connection.introspection.table_names()


def test_backup_of_a_newer_version_is_refused(house, saved, monkeypatch):
    known = dict(MigrationLoader(None).disk_migrations)
    del known["demo", "0001_initial"]
    loader = SimpleNamespace(disk_migrations=known)
    monkeypatch.setattr(backup, "MigrationLoader", lambda _connection: loader)

    assert "made by a newer Baton" in house("restore", saved, code=2)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """Files that are no backup, by what is wrong with them."""
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "cut").write_bytes(b"\x1f\x8b\x08\x00half")
    (folder / "text").write_text("hello")
    (folder / "manifest.json").write_text("{}")
    with tarfile.open(folder / "without_database", "w:gz") as tar:
        tar.add(folder / "manifest.json", "manifest.json")
    return folder


@pytest.mark.parametrize("damage", ["cut", "text", "missing", "without_database"])
def test_damaged_backup_is_refused_in_one_sentence(house, damaged, damage):
    said = house("restore", damaged / damage, code=2)

    assert "no backup made by Baton" in said
    assert said.count("\n") == 1


def test_full_disk_is_not_taken_for_a_damaged_backup(house, saved, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(tarfile.TarFile, "extractall", Mock(side_effect=full))

    assert "The disk is full" in house("restore", saved, code=1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("media/../../outside", tarfile.REGTYPE),
        ("/absolute", tarfile.REGTYPE),
        ("media/link", tarfile.SYMTYPE),
        ("media/link", tarfile.LNKTYPE),
        ("media/pipe", tarfile.FIFOTYPE),
    ],
)
def test_nothing_in_a_backup_leads_outside_or_is_no_file(name, kind):
    member = tarfile.TarInfo(name)
    member.type, member.linkname, member.size = kind, "/etc/passwd", 0
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.addfile(member)
    packed.seek(0)

    with tarfile.open(fileobj=packed) as tar, pytest.raises(tarfile.TarError):
        list(backup._inside(tar))


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's rows are checked as they go in"
)
def test_broken_database_brings_nothing_along(house, saved, tmp_path):
    file = tmp_path / "broken.baton"
    (tmp_path / "database.sqlite3").write_bytes(b"SQLite format 3\0" + b"?" * 5000)
    with tarfile.open(saved) as whole, tarfile.open(file, "w:gz") as broken:
        for member in whole.getmembers():
            if member.isfile() and member.name != "database.sqlite3":
                broken.addfile(member, whole.extractfile(member))
        broken.add(tmp_path / "database.sqlite3", "database.sqlite3")

    said = house("restore", file, code=2)

    assert "The database in this backup cannot be read." in said
    assert not (house.home / "keys" / "secret").exists()


def test_backup_is_refused_where_no_file_can_be(house, saved, tmp_path):
    (tmp_path / "a-file").write_text("in the way")
    house("restore", saved)

    said = house("backup", tmp_path / "a-file" / "all.baton", code=1)

    assert "a-file/all.baton cannot be written: " in said
    assert said.count("\n") == 1
