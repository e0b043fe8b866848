import os
import subprocess
import sys
import tarfile

import pytest

from tests.servers import new_address


@pytest.fixture(params=["sqlite", "postgres"])
def installation(request, tmp_path):
    """Runs ``baton`` in a data folder and database of its own."""

    def fresh(name):
        home = tmp_path / name
        home.mkdir()
        env = os.environ | {"BATON_HOME": str(home), "SECRET_KEY": "", "DJANGO_SETTINGS_MODULE": ""}
        env.pop("DJANGO_SETTINGS_MODULE")
        env["DATABASE_URL"] = new_address(request.param, home)

        def baton(*words, code=0):
            command = [sys.executable, "-m", "baton", *map(str, words)]
            done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=400)
            assert done.returncode == code, done.stdout + done.stderr
            return done.stdout + done.stderr

        return baton, home

    return fresh


def test_restored_instance_is_the_same_and_disarmed(installation, tmp_path):
    baton, home = installation("old")
    baton("init", "--admin", "ada@fennmark.example", "--company", "Fennmark")
    (home / "media").mkdir()
    (home / "media" / "logo.txt").write_text("a file")
    saved = baton("backup", tmp_path / "all.baton")

    again, new_home = installation("new")
    said = again("restore", tmp_path / "all.baton")

    assert "rows" in saved
    assert "disarmed" in said
    assert (new_home / "media" / "logo.txt").read_text() == "a file"
    assert (new_home / "keys" / "secret").read_text() == (home / "keys" / "secret").read_text()
    assert "ada@fennmark.example has an account" in again("init", "--admin", "ada@fennmark.example")
    assert "disarmed" in again("doctor", code=1)
    again("restore", "--arm")
    assert "disarmed" not in again("doctor", code=1)
    assert "data here already" in again("restore", tmp_path / "all.baton", code=2)


@pytest.mark.parametrize("damage", ["cut", "text", "missing", "without_database"])
def test_damaged_backup_is_refused_in_one_sentence(installation, tmp_path, damage):
    baton, _home = installation("new")
    file = tmp_path / "broken.baton"
    if damage == "cut":
        file.write_bytes(b"\x1f\x8b\x08\x00half")
    elif damage == "text":
        file.write_text("hello")
    elif damage == "without_database":
        (tmp_path / "manifest.json").write_text("{}")
        with tarfile.open(file, "w:gz") as tar:
            tar.add(tmp_path / "manifest.json", "manifest.json")

    said = baton("restore", file, code=2)

    assert "no backup made by Baton" in said
    assert "Traceback" not in said
