"""What an import says about a file is said in the language of who reads it."""

from zoneinfo import ZoneInfo

import pytest

from baton.core import errors
from baton.operations.exchange.rules.reading import open_sheet
from baton.operations.exchange.rules.refusals import RowError, Unusable
from baton.operations.exchange.rules.values import BadValue, read_cell

GERMAN = {
    "%(file)s is %(kind)s. Save it as CSV and import that.": "%(file)s ist %(kind)s.",
    "a PDF": "ein PDF",
    "“%(text)s” is no number. Write it like 1250.50.": "„%(text)s“ ist keine Zahl.",
    "This line has %(cells)s cells, the header %(header)s. Check quotes and separators.": (
        "Die Zeile hat %(cells)s Zellen, der Kopf %(header)s."
    ),
}


@pytest.fixture(autouse=True)
def _german(monkeypatch):
    monkeypatch.setattr(errors, "_translate", GERMAN.__getitem__)


def test_file_that_cannot_be_used(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_bytes(b"%PDF-1.7 ...")

    with pytest.raises(Unusable) as refused:
        open_sheet(path)

    assert str(refused.value) == "leads.csv ist ein PDF."


def test_line_that_cannot_be_read(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("id,name\n1,Ada,x\n")

    [line] = open_sheet(path).lines()

    assert isinstance(line, RowError)
    assert line.message == "Die Zeile hat 3 Zellen, der Kopf 2."


def test_cell_that_is_no_value():
    with pytest.raises(BadValue) as refused:
        read_cell("many", kind="number", zone=ZoneInfo("UTC"), formats=())

    assert str(refused.value) == "„many“ ist keine Zahl."
