import pytest

from baton.config.cli import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--from", "2026-13-01"], "“2026-13-01” is no date. Write it like 2026-01-31."),
        (["--basis", "luck"], "invalid choice: 'luck'"),
    ],
)
def test_command_line_refuses_with_a_sentence_and_exits_2(words, sentence, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["baton", "report", "closed-loop", *words])

    with pytest.raises(SystemExit) as left:
        run()

    said = capsys.readouterr().err
    assert (left.value.code, sentence in said, "Traceback" in said) == (2, True, False)
