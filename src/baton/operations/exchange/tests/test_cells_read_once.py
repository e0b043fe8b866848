"""What stands in many rows of a column is read once, and is each row's own."""

from zoneinfo import ZoneInfo

import pytest

from baton.operations.exchange.rules.cells import CannotMap, Shape, Shapes
from baton.operations.exchange.rules.mapping import Mapper
from baton.operations.exchange.rules.reading import Line
from baton.operations.exchange.rules.recipe import CUSTOM, ObjectRecipe, Recipe, Spec, StageSpec
from baton.operations.exchange.rules.values import read_cell

BERLIN = ZoneInfo("Europe/Berlin")
SHAPES = Shapes({"at": Shape("day"), "amounts": Shape("number", is_gathered=True)}, 200)
FIELDS = {
    "at": Spec(column="Day"),
    "amounts": Spec(column="Paid"),
    f"{CUSTOM}size": Spec(column="Size", kind="number"),
}


@pytest.fixture
def mapper():
    thing = ObjectRecipe(type="cost", key=Spec(column="Id"), fields=FIELDS)
    recipe = Recipe(name="shop", source="shop", zone=BERLIN, currency="", formats=(), files=())
    return Mapper(thing, recipe=recipe, shapes=SHAPES)


@pytest.fixture
def readings(monkeypatch):
    """Which texts were read, in order."""
    found: list[str] = []

    def noted(text, **said):
        found.append(text)
        return read_cell(text, **said)

    monkeypatch.setattr("baton.operations.exchange.rules.cells.read_cell", noted)
    return found


def line(number, day, paid="5", size="40"):
    return Line(number, {"Id": f"k{number}", "Day": day, "Paid": paid, "Size": size})


def test_date_of_many_rows_is_read_once(mapper, readings):
    rows = [mapper.map(line(number, "2026-03-01")) for number in range(50)]

    assert readings.count("2026-03-01") == 1
    assert {row.values["at"].isoformat() for row in rows} == {"2026-03-01"}
    assert {row.custom["size"] for row in rows} == {"40"}


def test_cell_that_is_no_date_fails_each_of_its_rows(mapper):
    for number in range(3):
        with pytest.raises(CannotMap, match="soon"):
            mapper.map(line(number, "soon"))


def test_list_is_each_rows_own(mapper):
    first, second = (mapper.map(line(number, "2026-03-01")) for number in range(2))

    first.values["amounts"].append(7)

    assert second.values["amounts"] == [5]


def test_columns_of_ever_other_cells_keep_little_in_memory(mapper):
    for number in range(5000):
        mapper.map(line(number, "2026-03-01", size=str(number)))

    assert max(len(one.read) for one in mapper._fields) <= 2048


def test_date_of_a_stage_is_read_once_and_is_one_object(readings):
    stage = StageSpec(stage=Spec(fixed="mql"), at=Spec(column="Day"))
    thing = ObjectRecipe(type="person", key=Spec(column="Id"), fields={}, stages=(stage,))
    recipe = Recipe(name="shop", source="shop", zone=BERLIN, currency="", formats=(), files=())
    mapper = Mapper(thing, recipe=recipe, shapes=SHAPES)

    rows = [mapper.map(line(number, "2026-03-01")) for number in range(50)]

    moments = [one["at"] for row in rows if row for one in row.stages]
    assert (len(moments), len({*map(id, moments)})) == (50, 1)
    assert readings == ["2026-03-01"]


def test_names_that_are_paired_with_addresses_are_read_with_those_of_their_row():
    """The same cell names one firm, or two people where there are two addresses."""
    mail = Spec(column="Mail", split=";&")
    fields = {"full_name": Spec(column="Name", split=";&", paired="Mail")}
    thing = ObjectRecipe(type="person", key=mail, fields=fields)
    recipe = Recipe(name="shop", source="shop", zone=BERLIN, currency="", formats=(), files=())
    mapper = Mapper(thing, recipe=recipe, shapes=Shapes({"full_name": Shape("text")}, 200))
    rows = [
        Line(number, {"Name": "Lund & Berg", "Mail": mails})
        for number, mails in enumerate(
            ["info@firm.example", "lund@firm.example & berg@firm.example"]
        )
    ]

    named = [read.values["full_name"] for row in rows if (read := mapper.map(row))]

    assert named == ["Lund & Berg", "Lund"]
