"""Files and recipes that cannot be used: one sentence, exit 2, nothing written."""

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from baton.core.fields.models import FieldDefinition
from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.conftest import LEADS, RECIPE
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leads.csv is empty. Export it again with its header line."),
        (b"\n\n  \n", "leads.csv is empty"),
        (a_zip(), "leads.csv cannot be read as a spreadsheet. Save it anew"),
        (gzip.compress(b"id,name", mtime=0), "leads.csv is a compressed file"),
        (b"%PDF-1.7 ...", "leads.csv is a PDF"),
        (b"id,na\x00me", "leads.csv is no text file"),
        (b"id,na\x81me", "The header of leads.csv is no text. Save the file as UTF-8."),
        (b"id,name,name\n1,a,b", "two columns called “name”"),
        (b"id,name,source,since,size\n1,a,b,c,d", "line 1: the column “mail” is missing"),
    ],
)
def test_unusable_file_is_refused_in_one_sentence(run_import, files, content, words):
    files["leads"].write_bytes(content)

    data = run_import(files["leads"], code=2)

    assert words in data["refused"]
    assert (Person.objects.count(), Import.objects.count()) == (0, 0)
    assert FieldDefinition.objects.count() == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[[file]]", "[[file", "is not valid TOML"),
        ('source = "shop"', "", "lacks 'source'"),
        ('zone = "Europe/Berlin"', 'zone = "Berlin"', "is no time zone"),
        ('type = "person"', 'type = "ghost"', "“ghost” cannot be imported"),
        ('full_name = "name"', 'nickname = "name"', "has no field “nickname”"),
        ('kind = "number"', 'kind = "colour"', "is no kind of field"),
        ('undated = "fail"', 'undated = "guess"', "write keep or fail"),
        ('alias = "products"', 'alias = "things"', "there is no table [alias.things]"),
        ("only_known = true", "always = true", "“always” means nothing in deals, stage"),
        ('stage = "mql"', 'stag = "mql"', "“stag” means nothing in leads, [[file.object.stage]]"),
        ('undated = "fail"', 'undatet = "fail"', "“undatet” means nothing in [[file.object]]"),
        ('zone = "Eu', 'tone = "Eu', "“tone” means nothing in the recipe"),
        ('label = "leads"', 'labl = "leads"', "“labl” means nothing in [[file]]"),
        ('keep_empty = ["channel"]', 'keep_empty = ["chanel"]', "“chanel” is no field"),
        ('dated = "at"', 'dated = "nowhere"', "“nowhere” is no field"),
        ('dated = "at"', 'dated = "channel"', "“channel” is no date"),
        ('stage = "mql"', 'stage = "mqll"', "“mqll” is no stage. Use one of: subscriber, lead"),
        ('"{product} for {firm}"', '"{product} for {firm"', "is no template"),
        ('"{product} for {firm}"', '"{} for {firm!r}"', "must hold a column and nothing else"),
        ('{ fixed = "Field" }', "{}", "say where the text comes from"),
        ('{ fixed = "Field" }', '{ fixed = "Field", column = "seller" }', "by one of: column"),
        ('{ fixed = "Field" }', "{ fixed = 7 }", "must be text in quotes"),
        ('email = "mail"', 'origin = { fixed = "moon" }', "“moon” is no origin. Use one of"),
        ('source = "shop"', f'source = "{"x" * 41}"', "longer than 40 characters"),
        ('zone = "Europe/Berlin"', 'formats = ["%d %d"]', "is no pattern of a date"),
        ('zone = "Europe/Berlin"', 'currency = "EURO"', "longer than 3 characters"),
        ("custom.size", 'custom."the size"', "use letters, digits"),
    ],
)
def test_unusable_recipe_is_refused_in_one_sentence(run_import, files, recipe, old, new, words):
    recipe.write_text(RECIPE.replace(old, new, 1))

    assert words in run_import(files["leads"], code=2)["refused"]


def test_file_without_recipe_says_how_to_name_one(run_import, files, recipe):
    assert "cannot be read" in run_import(recipe.parent / "nowhere.csv", code=2)["refused"]


@pytest.mark.parametrize(
    "encoded",
    [
        LEADS.encode("utf-8-sig"),
        LEADS.encode("utf-16"),
        LEADS.replace("Jonas Weil", "Jörg Größe").encode("cp1252"),
        LEADS.replace(",", ";").encode(),
        LEADS.replace(",", "\t").encode(),
        LEADS.replace("\n", "\r\n").encode(),
        LEADS.replace("Lena Fischer", '"Lena\nFischer"').encode(),
        LEADS.replace("\n", "\r").encode(),
        b"\n  \n" + LEADS.encode(),
        LEADS.replace("size\n", "size," + "x" * 70_000 + "\n")
        .replace("7\n", "7,\n")
        .replace("40\n", "40,\n")
        .replace("16:30,\n", "16:30,,\n")
        .encode(),
    ],
    ids=[
        "bom",
        "utf-16",
        "latin-1",
        "semicolon",
        "tab",
        "crlf",
        "cell-break",
        "cr",
        "blank-lines",
        "long-header",
    ],
)
def test_any_encoding_and_separator_is_read(run_import, files, encoded):
    files["leads"].write_bytes(encoded)

    data = run_import(files["leads"])

    assert (data["totals"]["created"], data["errors"]) == (3, [])
    assert Person.objects.filter(full_name__in=["Lena Fischer", "Jörg Größe"]).exists()


@pytest.mark.parametrize(
    ("encoded", "line", "column", "words"),
    [
        (
            LEADS.replace("Lena", "Lüna").replace("Ben", "B\x81n").encode("latin-1"),
            4,
            "name",
            "no letter in Latin-1",
        ),
        (b"\xef\xbb\xbf" + LEADS.replace("Ben", "Bön").encode("latin-1"), 4, "name", "in UTF-8"),
        (LEADS.encode("utf-16")[:-3], 4, "size", "no letter in UTF-16. Save the file as UTF-8."),
        (LEADS.replace("Ben", "x" * 5_000_000).encode(), 4, "", "cannot be read"),
    ],
    ids=["latin-1", "utf-8", "cut utf-16", "5 MB"],
)
def test_what_is_no_text_fails_its_line_alone(run_import, files, encoded, line, column, words):
    files["leads"].write_bytes(encoded)

    data = run_import(files["leads"], code=3)

    [error] = data["errors"]
    assert (error["line"], error["column"]) == (line, column)
    assert words in error["message"]
    assert (Person.objects.count(), data["objects"]["person"]["failed"]) == (2, 1)
    [mend] = data["mend"]
    assert Path(mend).read_text().count("\n") == 2
