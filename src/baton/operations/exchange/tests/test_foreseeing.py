import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def score(*words):
    out = StringIO()
    call_command("score", "evaluate", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def leads(tmp_path):
    """With semicolons, decimal commas, in Latin-1, and one line that is broken."""
    draw = random.Random(3)
    lines = ["Nr;Größe;Quelle;Ende;Ergebnis"]
    for number in range(160):
        size = draw.random() * 10
        is_won = draw.random() * 10 < size
        end = "Vertrag" if is_won else "Absage"
        place = draw.choice(["Büro", "Messe"])
        lines.append(f"{number};{size:.2f};{place};{end};{is_won:d}".replace(".", ","))
    lines.insert(50, "1;2")
    path = tmp_path / "leads.csv"
    path.write_bytes("\n".join(lines).encode("latin-1"))
    return path


def test_file_is_judged_and_told_as_json(leads):
    found = json.loads(score(leads, "--outcome", "Ergebnis", "--time", "Nr", "--format", "json"))

    assert (found["n"], found["leaks"], found["unread_lines"]) == (160, ["Ende"], 1)
    assert found["columns"] == ["Größe", "Quelle"]
    assert found["outcome"]["positive"] == "1"
    assert 0.7 < found["auc"] < 0.95
    assert 0 < found["brier"] < 0.25
    assert found["lift_at_10"] > 1


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("Größe", "different values; an outcome has two"),
        ("Wert", "There is no column “Wert”. The file has: Nr, Größe, Quelle, Ende, Ergebnis."),
    ],
)
def test_what_cannot_be_judged_ends_with_one_sentence_and_code_2(leads, outcome, words):
    with pytest.raises(CommandError, match=words) as ended:
        score(leads, "--outcome", outcome)

    assert ended.value.returncode == 2


def test_missing_file_ends_with_code_2(tmp_path):
    with pytest.raises(CommandError) as ended:
        score(tmp_path / "none.csv", "--outcome", "a")

    assert ended.value.returncode == 2


def test_rows_in_quotes_as_a_whole_and_a_last_column_without_a_name_are_read(tmp_path):
    draw = random.Random(5)
    lines = ["Size,Place,Won,"]
    for number in range(200):
        size = draw.random()
        won = draw.random() < size
        place = '""Rome, Via Po""' if number % 9 == 0 else "Turin"
        line = f"{size:.3f},{place},{won:d},{draw.randrange(9)}"
        lines.append(f'"{line}"' if "Rome" in place else line)
    path = tmp_path / "wrapped.csv"
    path.write_text("\n".join(lines))

    found = json.loads(score(path, "--outcome", "Won", "--format", "json"))

    assert (found["n"], found["unread_lines"]) == (200, 0)
    assert found["columns"] == ["Size", "Place", "Column 4"]
