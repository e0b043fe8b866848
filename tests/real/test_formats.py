"""Real files of other systems, where BATON_REAL_DATA names their folder: known without a recipe."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from baton.operations.exchange.rules.reading import Line, encoding_of, open_sheet
from baton.operations.exchange.rules.vcards import read_cards

DATA = Path(os.environ.get("BATON_REAL_DATA", "/nowhere"))
HUBSPOT = {"person": 950, "company": 200, "deal": 500, "activity": 2000}
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="BATON_REAL_DATA names no folder of real files"),
]


def bring_in(*paths):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import", *map(str, paths), "--format", "json", stdout=out)
    assert ended.value.code == 0
    return json.loads(out.getvalue())["objects"]


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
def test_files_shaped_like_hubspots_come_in_linked_and_again_unchanged(settings, tmp_path):
    settings.HOME = tmp_path
    files = sorted((DATA / "hubspot_shaped").glob("*.csv"))

    first, second = bring_in(*files), bring_in(*files)

    assert {kind: counts["created"] for kind, counts in first.items()} == HUBSPOT
    assert {kind: counts["unchanged"] for kind, counts in second.items()} == HUBSPOT


def test_cards_of_real_programs_are_read():
    cards = {
        path.name: list(read_cards(path.read_text(encoding=encoding_of(path), errors="replace")))
        for path in (DATA / "vcf").glob("*.vcf")
    }

    assert all(cards.values())
    assert (len(cards["John_Doe_ANDROID.vcf"]), len(cards["gmail-list.vcf"])) == (6, 3)
    assert cards["John_Doe_IPHONE.vcf"][0]["Organization"] == "IBM"


def test_csv_spectrum_is_read_exactly():
    told = {
        path.stem: json.loads(path.read_text()) for path in DATA.rglob("csv-spectrum/**/*.json")
    }
    told["location_coordinates"]["Contact Phone Number"] = "2095257564"  # as the file says
    for path in DATA.rglob("csv-spectrum/**/*.csv"):
        lines = list(open_sheet(path).lines())
        rows = [line.cells for line in lines if isinstance(line, Line)]
        wanted = told[path.stem]
        assert rows == (wanted if isinstance(wanted, list) else [wanted]), path.name
        assert len(rows) == len(lines)
