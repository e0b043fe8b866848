import json

import pytest
from django.core.management import CommandError, call_command

from baton.records.duplicates.tests.corrupted import GERMAN, as_table, crowd, told


@pytest.fixture
def people(tmp_path):
    headers, rows = as_table(told(crowd(60, seed=1), seed=2), GERMAN)
    path = tmp_path / "people.csv"
    path.write_text("\n".join(";".join(row) for row in [headers, *rows]), encoding="utf-8-sig")
    return path


def test_figures_of_a_file_come_as_json(people, capsys):
    call_command("duplicates", "evaluate", str(people), "--entity", "entity", "--format", "json")

    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"precision", "recall", "found_pairs", "true_pairs", "seconds"}
    assert told["precision"] > 0.95
    assert told["recall"] > 0.9


def test_figures_of_a_file_come_in_a_sentence(people, capsys):
    call_command("duplicates", "evaluate", str(people), "--entity", "ENTITY")

    assert "precision 100" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "entity", "words"),
    [
        (b"a,b\n1,2\n", "entity", "There is no column “entity”; the file has: a, b."),
        (b"", "a", "The file is empty."),
        (b"a,b\n,2\n,3\n", "a", "The column “a” is empty: nothing says who is one person."),
        (b"a,b\n", "a", "The file has a header and no rows."),
        (b"PK\x03\x04\x00\x00", "a", "This is no CSV file: it does not hold text."),
        (b"some words\nand more\n", "a", "This is no CSV file: its first line names a single"),
    ],
)
def test_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, content, entity, words):
    path = tmp_path / "people.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("duplicates", "evaluate", str(path), "--entity", entity)

    assert (refused.value.returncode, str(refused.value).startswith(words)) == (2, True)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("duplicates", "evaluate", str(tmp_path / "x.csv"), "--entity", "a")
