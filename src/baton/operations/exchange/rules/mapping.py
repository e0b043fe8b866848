"""From a line and a recipe to the rows of one kind of object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.core.fields.rules import Kind, Unreadable, read_value
from baton.operations.exchange.rules.reading import Line
from baton.operations.exchange.rules.recipe import CUSTOM, ObjectRecipe, Recipe, Spec
from baton.operations.exchange.rules.values import BadValue, read_cell

LONGEST_KEY = 200  # characters; what tables of external ids hold


@dataclass(frozen=True)
class Mapped:
    """One object of a line: its key, its fields and its custom fields."""

    key: str
    values: Mapping[str, Any]
    custom: Mapping[str, Any]
    stages: Sequence[Mapping[str, Any]] = ()  # {"stage", "at", "owner"}, undated ones left out


class CannotMap(Exception):
    """A cell is wrong; ``column`` says which."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def map_line(
    line: Line, thing: ObjectRecipe, *, recipe: Recipe, kinds: Mapping[str, str]
) -> Mapped | None:
    """The object of this line; None where its key is empty. Raises CannotMap."""
    key = _text(line, thing.key, recipe)
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        words = f"The key holds {len(key):,} characters; {LONGEST_KEY} fit. Shorten it."
        raise CannotMap(_column(thing.key), words)
    values: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for name, spec in thing.fields.items():
        text = _text(line, spec, recipe)
        if name.startswith(CUSTOM):
            if text or name in thing.keep_empty:
                custom[name.removeprefix(CUSTOM)] = _custom(text, spec, recipe)
        elif text or name in thing.keep_empty:
            _put(values, name, text, kinds[name], spec, recipe)
        else:
            values[name] = None
    if thing.dated and values.get(thing.dated) is None and thing.undated == "fail":
        raise CannotMap(_column(thing.fields[thing.dated]), "The date is missing. Fill it in.")
    return Mapped(key, values, custom, _stages(line, thing, recipe))


def _stages(line: Line, thing: ObjectRecipe, recipe: Recipe) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for spec in thing.stages:
        at: dict[str, Any] = {}
        _put(at, "at", _text(line, spec.at, recipe), "moment", spec.at, recipe)
        owner = _text(line, spec.owner, recipe) if spec.owner else ""
        if at["at"]:
            found.append({"stage": spec.stage, "owner": owner or None, **at})
    return found


def _put(into: dict[str, Any], name: str, text: str, kind: str, spec: Spec, recipe: Recipe) -> None:
    if not text:
        into[name] = "" if kind == "text" else None
        return
    try:
        into[name] = read_cell(text, kind=kind, zone=recipe.zone, formats=recipe.formats)
    except BadValue as error:
        raise CannotMap(_column(spec), str(error)) from error


def _custom(text: str, spec: Spec, recipe: Recipe) -> Any:
    """A custom field's value as JSON keeps it."""
    try:
        if spec.kind == Kind.DATE and text:
            day = read_cell(text, kind="day", zone=recipe.zone, formats=recipe.formats)
            return day.isoformat()
        return read_value(text, kind=spec.kind)
    except (BadValue, Unreadable) as error:
        raise CannotMap(_column(spec), str(error)) from error


def _text(line: Line, spec: Spec, recipe: Recipe) -> str:
    if spec.fixed:
        return spec.fixed
    if spec.template:
        if not all(line.cells[name] for name in spec.columns()):
            return ""
        return spec.template.format_map(line.cells)
    text = line.cells[spec.column]
    if not spec.alias or not text:
        return text
    known = recipe.aliases[spec.alias]
    if text not in known and spec.only_known:
        words = ", ".join(known)
        raise CannotMap(
            spec.column,
            f"“{text[:60]}” is not known. Use one of: {words}, or add it to the recipe.",
        )
    return known.get(text, text)


def _column(spec: Spec) -> str:
    return next(iter(spec.columns()), "")
