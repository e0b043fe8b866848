"""From a line and a recipe to the rows of one kind of object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.fields.rules import Kind, Unreadable, read_value
from baton.core.offers import link_by, read_link
from baton.operations.exchange.rules.reading import Line
from baton.operations.exchange.rules.recipe import (
    CUSTOM,
    FileRecipe,
    ObjectRecipe,
    Recipe,
    Spec,
)
from baton.operations.exchange.rules.values import BadValue, read_cell, with_point

LONGEST_OWNER = 200  # characters of a key; what tables of external ids hold


@dataclass(frozen=True)
class Shape:
    """What a field's cells must look like."""

    kind: str  # of values.read_cell; a link's cell is text
    longest: int = 0  # characters; 0: any length
    choices: tuple[str, ...] = ()
    is_gathered: bool = False  # the value is a list, of one for each row of the object


MOMENT, OWNER = Shape("moment"), Shape("text", LONGEST_OWNER)


@dataclass(frozen=True)
class Shapes:
    """What the cells of one kind of object must look like."""

    fields: Mapping[str, Shape]
    longest_key: int


@dataclass(frozen=True)
class Mapped:
    """One object of a line: its key, its fields and its custom fields."""

    key: str
    values: Mapping[str, Any]
    custom: Mapping[str, Any]
    stages: Sequence[Mapping[str, Any]] = ()  # {"stage", "at", "owner"}, undated ones left out
    also: str = ""  # another key of it

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
        return replace(found, values={**found.values, **more, **earliest})

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


class CannotMap(RuleViolation):
    """A cell is wrong; ``column`` says which."""

    def __init__(self, column: str, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, **values)
        self.column = column


TOO_LONG = gettext_noop("The cell holds %(length)s characters; %(most)s fit. Shorten it.")


def map_line(line: Line, thing: ObjectRecipe, *, recipe: Recipe, shapes: Shapes) -> Mapped | None:
    """The object of this line; None where its key is empty. Raises CannotMap."""
    key = _key(line, thing.key, recipe)
    if not key:
        return None
    if len(key) > shapes.longest_key:
        words = gettext_noop("The key holds %(length)s characters; %(most)s fit. Shorten it.")
        most = shapes.longest_key
        raise CannotMap(_column(thing.key), words, length=f"{len(key):,}", most=most)
    values, custom = _fields(line, thing, recipe, shapes)
    way, _folded = read_link(key)
    if way in shapes.fields and not values.get(way):
        text, said = _said(line, thing.key, recipe)
        _put(values, way, text, shapes.fields[way], replace(said, by=""), recipe)
    if thing.dated and values.get(thing.dated) is None and thing.undated == "fail":
        words = gettext_noop("The date is missing. Fill it in.")
        raise CannotMap(_column(thing.fields[thing.dated]), words)
    also = _key(line, thing.also, recipe) if thing.also else ""
    return Mapped(key, values, custom, _stages(line, thing, recipe), "" if also == key else also)


def _fields(
    line: Line, thing: ObjectRecipe, recipe: Recipe, shapes: Shapes
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the line says of the fields, and of the custom ones."""
    values: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for name, spec in thing.fields.items():
        text, said = _said(line, spec, recipe)
        if name.startswith(CUSTOM):
            if text or name in thing.keep_empty:
                custom[name.removeprefix(CUSTOM)] = _custom(text, said, recipe)
        elif text or name in thing.keep_empty:
            _put(values, name, text, shapes.fields[name], said, recipe)
        else:
            values[name] = None
        if name in values and shapes.fields[name].is_gathered:
            values[name] = [values[name]]
    if more := [f"{name}: {text}" for name in thing.told if (text := line.cells[name])]:
        values[thing.rest] = "\n".join([*filter(None, [values.get(thing.rest)]), *more])
    return values, custom


def check_cell(line: Line, name: str, spec: Spec, *, recipe: Recipe, shapes: Shapes) -> str:
    """The text of one field of this line, when it is of the field's kind. Raises CannotMap."""
    text, said = _said(line, spec, recipe)
    if text and name.startswith(CUSTOM):
        _custom(text, said, recipe)
    elif text:
        _put({}, name, text, shapes.fields[name], said, recipe)
    return text


def is_skipped(line: Line, part: FileRecipe, recipe: Recipe) -> bool:
    """Whether the recipe leaves this row out: one that was deleted there, or a sum of others."""
    for one in part.skip:
        text, _spec = _said(line, one.column, recipe)
        if text.casefold().startswith(tuple(word.casefold() for word in one.words)):
            return True
    return False


def _key(line: Line, spec: Spec, recipe: Recipe) -> str:
    text, said = _said(line, spec, recipe)
    return link_by(said.by, text.casefold()) if text and said.by else text


def _stages(line: Line, thing: ObjectRecipe, recipe: Recipe) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for spec in thing.stages:
        said: dict[str, Any] = {"owner": None}
        text, at = _said(line, spec.at, recipe)
        _put(said, "at", text, MOMENT, at, recipe)
        if spec.owner:
            text, owner = _said(line, spec.owner, recipe)
            _put(said, "owner", text, OWNER, owner, recipe)
        said["owner"] = said["owner"] or None
        stage, _spec = _said(line, spec.stage, recipe)
        if said["at"] and stage:
            found.append({**said, "stage": stage})
    return found


def _put(
    into: dict[str, Any], name: str, text: str, shape: Shape, spec: Spec, recipe: Recipe
) -> None:
    if not text:
        into[name] = "" if shape.kind in {"text", "link"} else None
        return
    if spec.by:
        text = link_by(spec.by, text.casefold())
    formats = (*spec.formats, *recipe.formats)
    try:
        into[name] = read_cell(text, kind=shape.kind, zone=recipe.zone, formats=formats)
    except BadValue as error:
        raise CannotMap(_column(spec), error.sentence, **error.values) from error
    if shape.longest and len(text) > shape.longest:
        length = f"{len(text):,}"
        raise CannotMap(_column(spec), TOO_LONG, length=length, most=shape.longest)
    if shape.choices and text not in shape.choices:
        words = gettext_noop("“%(text)s” is not known. Use one of: %(choices)s.")
        raise CannotMap(_column(spec), words, text=text[:60], choices=", ".join(shape.choices))


def _custom(text: str, spec: Spec, recipe: Recipe) -> Any:
    """A custom field's value as JSON keeps it."""
    formats = (*spec.formats, *recipe.formats)
    try:
        if spec.kind == Kind.DATE and text:
            day = read_cell(text, kind="day", zone=recipe.zone, formats=formats)
            return day.isoformat()
        if spec.kind == Kind.MOMENT and text:
            at = read_cell(text, kind="moment", zone=recipe.zone, formats=formats)
            text = at.isoformat()
        return read_value(text, kind=spec.kind)
    except (BadValue, Unreadable) as error:
        raise CannotMap(_column(spec), error.sentence, **error.values) from error


def _said(line: Line, spec: Spec, recipe: Recipe) -> tuple[str, Spec]:
    """The first text that is none empty, and by whom it is said."""
    if spec.is_plain:
        return line.cells[spec.column], spec
    for one in spec.each():
        if text := _text(line, one, recipe):
            return text, one
    return "", spec


def _text(line: Line, spec: Spec, recipe: Recipe) -> str:
    if spec.fixed:
        return spec.fixed
    if spec.template or spec.joined:
        if not all(line.cells[name] for name in spec.own_columns()):
            return ""
        return "".join(text + (line.cells[name] if name else "") for text, name in spec.pieces())
    text = line.cells[spec.column] if spec.column else ""
    if spec.begins and not text.startswith(spec.begins):
        return ""
    if spec.decimal:
        text = with_point(text, decimal=spec.decimal)
    if spec.split:
        text = next((one.strip() for one in text.split(spec.split) if one.strip()), "")
    return _ours(text, spec, recipe) if spec.alias and text else text


def _ours(text: str, spec: Spec, recipe: Recipe) -> str:
    """By the alias table, whatever the case."""
    known = recipe.aliases[spec.alias]
    found = known.get(text)
    if found is None:
        found = recipe.folded[spec.alias].get(text.casefold())
    if found is None and spec.only_known:
        words = gettext_noop(
            "“%(text)s” is not known. Use one of: %(choices)s, or add it to the recipe."
        )
        raise CannotMap(spec.column, words, text=text[:60], choices=", ".join(known))
    if found is None:
        return text if spec.unknown is None else spec.unknown
    return found


def _column(spec: Spec) -> str:
    return next(iter(spec.columns()), "")
