"""Spreadsheets: read by a process of its own, and refused in a sentence when they are too much."""

import zipfile
from pathlib import Path

import pytest

from baton.operations.exchange.actions import spreadsheets
from baton.operations.exchange.actions.opening import open_files
from baton.operations.exchange.rules.reading import Line, open_sheet
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.tests.test_opening import a_zip
from baton.records.people.models import Person

KINDS = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{SHEET}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>"
)
PEOPLE = {
    "A1": "Name",
    "B1": "Email",
    "C1": "Seit",
    "D1": "Schuh",
    "A3": "Lena\nFischer",
    "B3": "lena@halden.example",
    "C3": 46053,
    "D3": 41,
    "A4": "Ben",
    "B4": "no address",
}


def relations(*targets):
    rows = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def cell(place, value):
    style = ' s="1"' if place.startswith("C") else ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f'<c r="{place}"{style}><v>{value}</v></c>'


def sheet_of(cells, after=""):
    rows: dict[int, list[str]] = {}
    for place, value in cells.items():
        rows.setdefault(int(place.lstrip("ABCDEFX")), []).append(cell(place, value))
    inside = "".join(f'<row r="{at}">{"".join(some)}</row>' for at, some in rows.items())
    return f'<worksheet xmlns="{SHEET}"><sheetData>{inside}</sheetData>{after}</worksheet>'


def a_book(path, more="", hidden=(), inside="", **sheets):
    """A workbook of sheets, as Excel writes it."""
    names = [
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for at, name in enumerate(sheets, 1)
    ]
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{"".join(names)}</sheets></workbook>'
    )
    targets = [("worksheet", f"worksheets/s{at}.xml") for at in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": KINDS,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(*targets, ("styles", "styles.xml")),
        "xl/styles.xml": STYLES,
    }
    for at, cells in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/s{at}.xml"] = sheet_of(cells, inside) + more
    return a_zip(path, **parts)


def opened(path, tmp_path):
    return open_files([path], tmp_path / "opened")


def test_cells_are_read_as_they_are_and_rows_keep_their_numbers(tmp_path):
    [path] = opened(a_book(tmp_path / "leads.xlsx", Leads=PEOPLE), tmp_path)

    assert path.name == "leads.sheet.csv"
    first, second = open_sheet(path).lines()
    assert first == Line(
        3,
        {
            "Name": "Lena\nFischer",
            "Email": "lena@halden.example",
            "Seit": "2026-01-31",
            "Schuh": "41",
        },
    )
    assert isinstance(second, Line)
    assert second.number == 4


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
def test_sheets_come_in_as_files_and_hidden_ones_do_not(run_known, tmp_path):
    firms = {"A1": "Company", "B1": "Website", "A2": "Halden", "B2": "halden.example"}
    path = a_book(
        tmp_path / "crm.xlsx", Leads=PEOPLE, Firms=firms, Notes={"A1": "x"}, hidden=["Notes"]
    )
    packed = tmp_path / "crm.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "export/crm.xlsx")

    data = run_known(packed, code=3)

    assert data["objects"]["company"]["created"] == 1
    assert str(Person.objects.get()) == "Lena Fischer"
    [error] = data["errors"]
    assert (error["file"], error["line"], error["column"]) == ("crm 1-Leads.sheet.csv", 4, "Email")


@pytest.mark.parametrize(
    ("far", "lines", "columns"), [("A9999", 3, 4), ("XFD1", 2, 5), ("XFD3", 2, 5)]
)
def test_cell_far_away_costs_nothing(tmp_path, far, lines, columns):
    path = a_book(tmp_path / "far.xlsx", Leads={**PEOPLE, far: "far"})

    sheet = open_sheet(*opened(path, tmp_path))

    assert (len(list(sheet.lines())), len(sheet.header)) == (lines, columns)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: a_book(path, Leads={**PEOPLE, "XFD1048576": "far"}), "reaches too far"),
        (lambda path: a_book(path, more=" " * 3_000_000, Leads=PEOPLE), "packed too tightly"),
        (lambda path: a_zip(path, **{"[Content_Types].xml": "x"}), "cannot be read as"),
        (lambda path: Path(path).write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 999), "cannot be read"),
        (lambda path: a_book(path, Leads={}), "is empty"),
    ],
)
def test_spreadsheet_that_cannot_be_taken_is_refused_in_a_sentence(tmp_path, make, words):
    path = tmp_path / "bad.xlsx"
    make(path)

    with pytest.raises(Unusable, match=words):
        opened(path, tmp_path)


@pytest.mark.parametrize(("limit", "most"), [("cells", 3), ("bytes", 1_000), ("memory", 9_000_000)])
def test_limits_hold(tmp_path, monkeypatch, limit, most):
    monkeypatch.setitem(spreadsheets.LIMITS, limit, most)

    with pytest.raises(Unusable, match="too large"):
        opened(a_book(tmp_path / "leads.xlsx", Leads=PEOPLE), tmp_path)
