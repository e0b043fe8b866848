"""Files and recipes that cannot be used: one sentence, exit 2, nothing written."""

import gzip
import zipfile
from io import BytesIO

import pytest

from baton.core.fields.models import FieldDefinition
from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.conftest import LEADS, RECIPE
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("company")]


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leads.csv is empty. Export it again with its header line."),
        (b"\n\n  \n", "leads.csv is empty"),
        (a_zip(), "leads.csv is a spreadsheet or ZIP file. Save it as CSV"),
        (gzip.compress(b"id,name", mtime=0), "leads.csv is a compressed file"),
        (b"%PDF-1.7 ...", "leads.csv is a PDF"),
        (b"id,na\x00me", "leads.csv is no text file"),
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
        ("only_known = true", "always = true", "“always” means nothing here"),
        ('stage = "mql"', 'stag = "mql"', "lacks 'stage'"),
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
    ],
    ids=["bom", "utf-16", "latin-1", "semicolon", "tab", "crlf", "newline in a cell"],
)
def test_any_encoding_and_separator_is_read(run_import, files, encoded):
    files["leads"].write_bytes(encoded)

    data = run_import(files["leads"])

    assert (data["totals"]["created"], data["errors"]) == (3, [])
    assert Person.objects.filter(full_name__in=["Lena Fischer", "Jörg Größe"]).exists()
