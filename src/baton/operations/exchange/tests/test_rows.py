"""A line that fails brings none of its objects, and every bad cell fails its line with a word."""

import csv
from pathlib import Path
from uuid import uuid4

import pytest

from baton.core.access.models import User
from baton.core.offers import ImportKind, import_targets
from baton.core.ui.spreadsheets import RISKY
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.reading import Line, open_sheet
from baton.operations.exchange.tests.conftest import DEALS, LEADS, RECIPE
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import AT
from baton.records.purchases.models import Product
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
BAD = {
    ImportKind.TEXT: ["x" * 251, "x" * 31_000, "💥" * 130, "\u200b", "%s {} \\", "'; --"],
    ImportKind.NUMBER: ["1e13", "99999999999999", "-1", "NaN", "1e-400", "0x1F", "٣"],
    ImportKind.DAY: ["0001-01-01", "9999-12-31T23:59+00:00", "2026-02-30", "soon"],
    ImportKind.MOMENT: ["0001-01-01", "9999-12-31 23:59", "2026-13-01", "1e9"],
    ImportKind.LINK: ["nobody", "x" * 201],
}
STAGES = {"deal": "New", "stage": "mql"}


@pytest.mark.parametrize("kind", ["user", "product", "company", "person", "stage", "deal"])
def test_each_bad_cell_is_refused_or_kept_and_never_breaks_the_import(
    run_import, recipe, files, tmp_path, kind
):
    target = import_targets.find(kind)
    assert target
    lines = "".join(f'{field.name} = "{field.name}"\n' for field in target.fields)
    part = f'[[file]]\n[[file.object]]\ntype = "{kind}"\nkey = "key"\n[file.object.fields]\n'
    recipe.write_text(f'source = "wild"\n{part}{lines}')
    path, wild = tmp_path / "wild.csv", 0
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["key", *(field.name for field in target.fields)])
        writer.writeheader()
        for field in target.fields:
            for text in BAD[field.kind]:
                wild += 1
                row = {"at": "2026-01-05", "currency": "EUR", "stage": STAGES.get(kind)}
                said = {name: row[name] for name in row if name in writer.fieldnames and row[name]}
                writer.writerow({**said, "key": f"k{wild}", field.name: text})

    data = run_import(path, code=3)

    told = data["objects"][kind]
    assert sum(told.values()) == wild
    assert told["failed"] == len(data["errors"]) == data["totals"]["failed"]
    assert {error["column"] for error in data["errors"]} <= set(writer.fieldnames) - {"key"}
    assert all(error["message"].endswith((".", ")")) for error in data["errors"])


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("C,3,", "C,99,", "lead"),
        (",,2026-01-12", ",-1,2026-01-12", "value"),
        ("2026-01-20", "", "closed"),
    ],
)
def test_line_whose_deal_fails_brings_no_company_and_no_user(run_import, files, old, new, column):
    files["deals"].write_text(DEALS.replace(old, new, 1).replace("D,,,Ravi", "D,,,Teo"))

    data = run_import(files["leads"], files["deals"], code=3)

    assert [(error["line"], error["column"]) for error in data["errors"]] == [(4, column)]
    assert not Company.objects.filter(name="Orbis").exists()
    assert not User.objects.filter(name="Ravi").exists()


def test_line_that_names_what_a_failing_line_would_have_brought_fails_too(run_import, files):
    files["leads"].write_text(LEADS.replace("2026-01-07", "soon"))

    data = run_import(files["leads"], files["deals"], code=3)

    assert [(error["file"], error["line"]) for error in data["errors"]] == [
        ("deals.csv", 4),
        ("leads.csv", 4),
    ]
    assert Deal.objects.count() == 3


def test_second_row_of_a_key_fails_when_it_says_something_else(run_import, files):
    files["leads"].write_text(
        LEADS + "1,Lena Fisher,,search,2026-01-05,40\n" + LEADS.split("\n")[2]
    )

    data = run_import(files["leads"], code=3)

    [error] = data["errors"]
    assert (error["line"], error["column"]) == (5, "id")
    assert "“1” stands in line 2 of leads.csv already, with other values" in error["message"]
    assert data["objects"]["person"] == {"created": 3, "updated": 0, "unchanged": 0, "failed": 1}


@pytest.mark.parametrize("is_first", [True, False])
def test_file_that_tells_more_of_a_user_counts_wherever_it_stands(
    run_import, files, recipe, tmp_path, is_first
):
    fields = 'fields = { name = "full", manager = "boss", region = "area" }'
    part = f'[[file]]\n[[file.object]]\ntype = "user"\nkey = "who"\n{fields}\n'
    recipe.write_text(RECIPE + part)
    team = tmp_path / "team.csv"
    team.write_text("who,full,boss,area\nTeo,Teo Brandt,Ines,North\n")
    order = [team, files["deals"]] if is_first else [files["deals"], team]

    run_import(files["leads"], *order)

    teo = User.objects.select_related("manager", "team").get(name="Teo Brandt")
    assert (str(teo.manager), teo.region, str(teo.team)) == ("Ines", "North", "Field")


def test_product_is_known_however_the_deal_spells_it(run_import, files):
    files["deals"].write_text(DEALS.replace("Teo,MeterPro", "Teo,METERPRO"))

    run_import(files["leads"], files["deals"])

    assert Product.objects.count() == 1


def test_dry_run_leaves_no_file_to_mend(run_import, files, settings):
    files["leads"].write_text(LEADS.replace("2026-01-07", "soon"))

    data = run_import(files["leads"], more=["--dry-run"], code=3)

    assert data["mend"] == []
    assert not (settings.HOME / "imports").exists()


def test_namesakes_of_two_folders_have_their_lines_told_and_mended_apart(
    run_import, files, tmp_path
):
    for folder, key in (("north", "8"), ("south", "9")):
        (tmp_path / folder).mkdir()
        text = LEADS.split("\n")[0] + f"\n{key},Ann,,search,soon,\n{key}{key},Bo,,,2026-01-05,\n"
        (tmp_path / folder / "leads.csv").write_text(text)

    data = run_import(tmp_path / "north" / "leads.csv", tmp_path / "south" / "leads.csv", code=3)

    assert [error["file"] for error in data["errors"]] == ["north/leads.csv", "south/leads.csv"]
    assert [path.rpartition("/")[2] for path in data["mend"]] == [
        "north-leads-to-mend.csv",
        "south-leads-to-mend.csv",
    ]
    assert Person.objects.count() == 2


def test_lines_to_mend_hold_no_formula_and_say_the_same_when_they_are_fed_again(run_import, files):
    name, phone = "=HYPERLINK(1)", "+49 171"
    head, first, *others = LEADS.strip().split("\n")
    risky = first.replace("Lena Fischer", name).replace("2026-01-05", "soon")
    plain = [f"{line}," for line in others]
    files["leads"].write_text("\n".join([f"{head},=Extra", f"{risky},{phone}", *plain]))

    [mend] = run_import(files["leads"], code=3)["mend"]

    fed = list(csv.reader(Path(mend).read_text().splitlines()))
    [line] = (one for one in open_sheet(Path(mend)).lines() if isinstance(one, Line))
    assert [cell for row in fed for cell in row if cell[:1] in RISKY and cell] == []
    assert (line.cells["name"], line.cells["=Extra"]) == (name, phone)


def test_import_that_was_killed_is_marked_stopped_by_the_next(run_import, files):
    Import.objects.create(recipe="shop", source="shop", batch=uuid4(), started_at=AT)

    run_import(files["leads"])

    assert list(Import.objects.order_by("pk").values_list("state", flat=True)) == [
        "stopped",
        "done",
    ]
