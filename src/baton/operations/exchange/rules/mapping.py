"""From a line and a recipe to the rows of one kind of object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from baton.core.errors import gettext_noop
from baton.core.offers import read_link
from baton.operations.exchange.rules.cells import (
    LONGEST_OWNER,
    CannotMap,
    Shape,
    Shapes,
    all_said_by,
    column_of,
    custom_value,
    key_of,
    put_value,
    said_by,
)
from baton.operations.exchange.rules.reading import Line
from baton.operations.exchange.rules.recipe import CUSTOM, ObjectRecipe, Recipe, Spec

MOMENT, OWNER = Shape("moment"), Shape("text", LONGEST_OWNER)
TEXTS = frozenset({"text", "link"})
ANY_LENGTH = 1_000_000_000
REMEMBERED = 2048  # cells of a column


class Mapped(NamedTuple):
    """One object of a line: its key, its fields and its custom fields."""

    key: str
    values: Mapping[str, Any]
    custom: Mapping[str, Any]
    stages: Sequence[Mapping[str, Any]] = ()  # {"stage", "at", "owner"}, undated ones left out
    also: str = ""  # another key of it

    @property
    def says_anything(self) -> bool:
        """Whether it is more than a key: else it adds nothing to what another row says."""
        return bool(self.values or self.custom or self.stages or self.also)

    @property
    def called(self) -> str:
        """What a reader knows it by: a name, else an address, else its key."""
        said = self.values.get
        both = " ".join(str(part) for part in (said("first_name"), said("last_name")) if part)
        return str(said("full_name") or said("name") or both or said("email") or self.key)

    def followed_by(self, other: "Mapped", *, dated: str, gathers: bool) -> "Mapped":
        """With what a further row of the same file says: the earlier date, and what is gathered of
        rows that follow one another."""
        found = self.filled_by(other)
        more = {
            name: [*value, *other.values.get(name, ())]
            for name, value in self.values.items()
            if gathers and isinstance(value, list)
        }
        dates = [one.values[dated] for one in (self, other) if one.values.get(dated)]
        earliest = {dated: min(dates)} if dates else {}
        return found._replace(values={**found.values, **more, **earliest})

    def filled_by(self, other: "Mapped") -> "Mapped":
        """With what another part of the recipe says where this one says nothing."""
        said = {name: value for name, value in self.values.items() if value is not None}
        known = {stage["stage"] for stage in self.stages}
        return Mapped(
            key=self.key,
            values={**self.values, **other.values, **said},
            custom={**other.custom, **self.custom},
            stages=[*self.stages, *(one for one in other.stages if one["stage"] not in known)],
            also=self.also or other.also,
        )


@dataclass(frozen=True)
class _Field:
    """A field of the recipe. ``column``: where its text stands as it is; "": ask the spec, which
    may have to look into one ``cell`` only; what stood in such cells before is ``read`` already."""

    name: str
    spec: Spec
    column: str = ""
    longest: int = ANY_LENGTH
    cell: str = ""
    read: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)


class Mapper:
    """Makes lines into one kind of object. What a field needs is found out once, not in each line:
    most are the text of a cell as it stands."""

    def __init__(self, thing: ObjectRecipe, *, recipe: Recipe, shapes: Shapes) -> None:
        self._thing, self._recipe, self._shapes = thing, recipe, shapes
        self._fields = [_field(name, spec, thing, shapes) for name, spec in thing.fields.items()]
        self._moments: dict[tuple[str, Sequence[str]], datetime | None] = {}
        self._is_named_by_key = any(one.by for one in thing.key.ways)

    def map(self, line: Line) -> Mapped | None:
        """The object of this line; None where its key is empty. Raises CannotMap."""
        thing, recipe = self._thing, self._recipe
        key = key_of(line, thing.key, recipe)
        if not key:
            return None
        if len(key) > self._shapes.longest_key:
            words = gettext_noop("The key holds %(length)s characters; %(most)s fit. Shorten it.")
            most = self._shapes.longest_key
            raise CannotMap(column_of(thing.key), words, length=f"{len(key):,}", most=most)
        values, custom = self._said(line)
        if self._is_named_by_key:
            self._name_by_key(line, key, values)
        if thing.dated and values.get(thing.dated) is None and thing.undated == "fail":
            words = gettext_noop("The date is missing. Fill it in.")
            raise CannotMap(column_of(thing.fields[thing.dated]), words)
        also = key_of(line, thing.also, recipe) if thing.also else ""
        return Mapped(key, values, custom, self._stages(line), "" if also == key else also)

    def _said(self, line: Line) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the line says of the fields, and of the custom ones."""
        values: dict[str, Any] = {}
        custom: dict[str, Any] = {}
        cells = line.cells
        for one in self._fields:
            text = cells[one.column] if one.column else ""
            if text and len(text) <= one.longest:
                values[one.name] = text
            elif one.column and not text:
                values[one.name] = None
            else:
                self._ask(line, one, values, custom)
        thing = self._thing
        if more := [f"{name}: {text}" for name in thing.told if (text := cells[name])]:
            values[thing.rest] = "\n".join([*filter(None, [values.get(thing.rest)]), *more])
        return values, custom

    def _ask(self, line: Line, one: _Field, values: dict[str, Any], custom: dict[str, Any]) -> None:
        """A field whose text has to be made or read: dates, channels and the like stand in many
        rows, and are read once."""
        if not one.cell:
            self._read(line, one, values, custom)
            return
        text = line.cells[one.cell]
        if text not in one.read:
            found: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
            self._read(line, one, *found)
            if len(one.read) == REMEMBERED:
                one.read.clear()
            one.read[text] = found
        said, own = one.read[text]
        values.update(said)
        custom.update(own)

    def _read(
        self, line: Line, one: _Field, values: dict[str, Any], custom: dict[str, Any]
    ) -> None:
        name, thing, shapes = one.name, self._thing, self._shapes.fields
        if name in shapes and shapes[name].is_many:
            values[name] = self._all_of(line, one, shapes[name]) or None
            return
        text, said = said_by(line, one.spec, self._recipe)
        if name.startswith(CUSTOM):
            if text or name in thing.keep_empty:
                custom[name.removeprefix(CUSTOM)] = custom_value(text, said, self._recipe)
        elif text or name in thing.keep_empty:
            put_value(values, name, text, shapes[name], said, self._recipe)
        else:
            values[name] = None
        if name in values and shapes[name].is_gathered:
            values[name] = [values[name]]

    def _all_of(self, line: Line, one: _Field, shape: Shape) -> list[Any]:
        """Each of those that stand in the cell, read as one that stands alone."""
        texts, said = all_said_by(line, one.spec, self._recipe)
        found: list[Any] = []
        for text in texts:
            value: dict[str, Any] = {}
            put_value(value, one.name, text, shape, said, self._recipe)
            found.append(value[one.name])
        return found

    def _name_by_key(self, line: Line, key: str, values: dict[str, Any]) -> None:
        """What is known by an address, a domain or a name has it, too."""
        way, _folded = read_link(key)
        if way in self._shapes.fields and not values.get(way):
            text, said = said_by(line, self._thing.key, self._recipe)
            shape = self._shapes.fields[way]
            put_value(values, way, text, shape, said.unlinked, self._recipe)

    def _stages(self, line: Line) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        for spec in self._thing.stages:
            said: dict[str, Any] = {"owner": None, "at": self._moment(line, spec.at)}
            if spec.owner:
                text, owner = said_by(line, spec.owner, self._recipe)
                put_value(said, "owner", text, OWNER, owner, self._recipe)
            said["owner"] = said["owner"] or None
            stage, _spec = said_by(line, spec.stage, self._recipe)
            if said["at"] and stage:
                found.append({**said, "stage": stage})
        return found

    def _moment(self, line: Line, spec: Spec) -> datetime | None:
        """Many rows have the same: it is read once, and one object in all of them, which is written
        and compared sooner than equal ones."""
        text, said = said_by(line, spec, self._recipe)
        asked = (text, said.formats)
        if asked not in self._moments:
            value: dict[str, Any] = {}
            put_value(value, "at", text, MOMENT, said, self._recipe)
            if len(self._moments) == REMEMBERED:
                self._moments.clear()
            self._moments[asked] = value["at"]
        return self._moments[asked]


def _is_list(shape: Shape) -> bool:
    """Whether there is more to it than the text of the cell."""
    return bool(shape.choices) or shape.is_gathered or shape.is_many


def _only_cell(spec: Spec, shape: Shape | None) -> str:
    """The column on whose cell alone the value hangs; "": there is more to it, or the value is a
    list, which each row has for itself."""
    is_made = spec.fixed or spec.template or spec.joined or spec.gathered or spec.starred
    is_told_apart = spec.others or spec.paired  # by what else the line says
    is_list = shape is not None and (shape.is_gathered or shape.is_many)
    return "" if is_made or is_told_apart or is_list else spec.column


def _field(name: str, spec: Spec, thing: ObjectRecipe, shapes: Shapes) -> _Field:
    shape = shapes.fields.get(name)
    is_text = shape is not None and shape.kind in TEXTS and not _is_list(shape)
    if shape is None or not (is_text and spec.is_plain) or spec.by or name in thing.keep_empty:
        return _Field(name, spec, cell=_only_cell(spec, shape))
    return _Field(name, spec, spec.column, shape.longest or ANY_LENGTH)
