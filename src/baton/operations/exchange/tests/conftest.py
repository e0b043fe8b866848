import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from baton.operations.exchange.actions import undoing
from baton.records.people.tests.factories import AT

RECIPE = """
name = "shop"
source = "shop"
zone = "Europe/Berlin"

[alias.stages]
Talking = "Meeting"
Done = "Won"
Gone = "Lost"

[alias.products]
"Meter Pro" = "MeterPro"

[[file]]
label = "leads"

[[file.object]]
type = "person"
key = "id"
keep_empty = ["channel"]
dated = "at"
undated = "fail"

[file.object.fields]
full_name = "name"
email = "mail"
channel = "source"
at = "since"
custom.size = { column = "size", kind = "number", label = "Size" }

[[file.object.stage]]
stage = "mql"
at = "since"

[[file]]
label = "deals"

[[file.object]]
type = "user"
key = "seller"
fields.team = { fixed = "Field" }

[[file.object]]
type = "product"
key = { column = "product", alias = "products" }

[[file.object]]
type = "company"
key = "firm"

[[file.object]]
type = "deal"
key = "deal"

[file.object.fields]
name = { template = "{product} for {firm}" }
person = "lead"
company = "firm"
owner = "seller"
product = { column = "product", alias = "products" }
stage = { column = "stage", alias = "stages", only_known = true }
amount = "value"
opened_at = "opened"
closed_at = "closed"
"""
LEADS = """id,name,mail,source,since,size
1,Lena Fischer,lena@halden.example,search,2026-01-05,40
2,Jonas Weil,jonas@orbis.example,,2026-01-06 16:30,
3,Ben Okafor,,unknown,2026-01-07,7
"""
DEALS = """deal,lead,firm,seller,product,stage,value,opened,closed
A,1,Halden Foods,Teo,MeterPro,Done,5000.50,2026-01-10,2026-02-10
B,2,,Teo,Meter Pro,Talking,"1,200.00",2026-01-11,
C,3,Orbis,Ravi,MeterPro,Gone,,2026-01-12,2026-01-20
D,,,Ravi,MeterPro,Talking,,,
"""


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(RECIPE)
    return path


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A leads file and a deals file that fit together."""
    found = {"leads": tmp_path / "leads.csv", "deals": tmp_path / "deals.csv"}
    found["leads"].write_text(LEADS)
    found["deals"].write_text(DEALS)
    return found


@pytest.fixture
def run_import(recipe, settings, tmp_path):
    """Calls ``baton import ... --format json``; gives what it prints, with its exit code."""
    settings.HOME = tmp_path / "home"
    return lambda *paths, more=(), code=0: _run(
        *paths, "--recipe", recipe, "--format", "json", *more, code=code
    )


@pytest.fixture
def run_known(settings, tmp_path):
    """The same without a recipe: the files are known by their columns."""
    settings.HOME = tmp_path / "home"
    return lambda *paths, more=(), code=0: _run(*paths, "--format", "json", *more, code=code)


def _run(*words, code):
    out = StringIO()
    with pytest.raises((SystemExit, CommandError)) as ended:
        call_command("import", *map(str, words), stdout=out)
    error: Any = ended.value
    found = error.returncode if isinstance(error, CommandError) else error.code
    assert found == code, (str(error), out.getvalue())
    return json.loads(out.getvalue())


@pytest.fixture
def write(tmp_path):
    """A CSV of rows that name their columns."""

    def make(name, *rows):
        path = tmp_path / f"{name}.csv"
        with path.open("w", newline="") as file:
            columns = list(dict.fromkeys(key for row in rows for key in row))
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return make


def created(data):
    assert data["errors"] == []
    return {kind: counts["created"] for kind, counts in data["objects"].items()}


@pytest.fixture
def undone(run_background, admin):
    """An admin takes an import back, as the job does."""

    def take_back(record):
        run_background()
        assert undoing.begin_undo(record=record, by=admin, at=AT)
        while undoing.undo_bite(import_id=record.pk, at=AT):
            pass
        run_background()

    return take_back
