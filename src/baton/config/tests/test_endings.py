import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from baton.core.errors import RuleViolation

NOBODY = "There is no Baton here yet. Run: baton init --admin you@company.example\n"
RECIPE = """
name = "people"
source = "people"
[[file]]
label = "people"
[[file.object]]
type = "person"
key = "id"
fields.full_name = "name"
"""


@pytest.fixture
def house(make_house):
    return make_house()


@pytest.fixture
def ends_with(monkeypatch, house):
    """``baton check`` meets this error; all that it says."""

    def end(error, *words, code):
        def handle(self, *args, **options):
            raise error

        monkeypatch.setattr("django.core.management.commands.check.Command.handle", handle)
        return house("check", *words, code=code)

    return end


@pytest.mark.parametrize(
    "words",
    [
        ["wiring"],
        ["report", "closed-loop"],
        ["import", "people.csv", "--recipe", "people.toml"],
        ["demo"],
        ["demo", "--remove"],
        ["restore", "--arm"],
        ["backup", "all.baton"],
        ["jobs"],
    ],
    ids=" ".join,
)
def test_command_before_init_says_what_to_run(make_house, tmp_path, monkeypatch, words):
    house = make_house(is_migrated=False)
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("id,name\n1,Ann\n")
    Path("people.toml").write_text(RECIPE)

    assert house(*words, code=2) == NOBODY
    assert not Path("all.baton").exists()


def test_command_on_an_older_database_says_what_to_run(house):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'demo'")
        cursor.execute("DROP TABLE demo_demorow")

    said = house("demo", "--remove", code=2)

    assert said == "The database is older than this Baton. Run: baton migrate\n"


def test_missing_table_of_a_migrated_database_is_a_bug(house):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE demo_demorow")

    with pytest.raises(DatabaseError) as bug:
        house("demo", "--remove")

    assert "demo_demorow" in str(bug.value)


def test_refusal_is_one_sentence_unless_the_place_is_asked_for(ends_with):
    refusal = RuleViolation("The deal is closed.")

    assert ends_with(refusal, code=2) == "The deal is closed.\n"
    with pytest.raises(RuleViolation):
        ends_with(refusal, "--traceback", code=2)


def test_forbidden_folder_and_ctrl_c_are_one_sentence(ends_with):
    forbidden = PermissionError(errno.EACCES, "Permission denied", "/srv/baton")

    assert ends_with(forbidden, code=1) == "/srv/baton cannot be used: Permission denied.\n"
    assert ends_with(KeyboardInterrupt(), code=130) == "Stopped.\n"


def test_database_that_does_not_answer_is_one_sentence(house):
    connection.close()
    connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1", "NAME": "/nowhere/at/all"}

    said = house("wiring", code=1)

    assert said.startswith("The database does not answer: ")
    assert said.endswith(". Check DATABASE_URL.\n")
    assert said.count("\n") == 1


def test_reader_who_has_seen_enough_ends_a_command_quietly(tmp_path):
    reads, writes = os.pipe()
    os.close(reads)
    environment = {**os.environ, "BATON_HOME": str(tmp_path)}
    asked = [sys.executable, "-m", "baton", "help"]

    ended = subprocess.run(
        asked, stdout=writes, stderr=subprocess.PIPE, env=environment, check=False
    )

    os.close(writes)
    assert (ended.returncode, ended.stderr) == (141, b"")
