"""What a cell says of a field: its text as the recipe reads it, and its value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.fields.rules import Kind, Unreadable, read_value
from baton.core.offers import link_by
from baton.operations.exchange.rules.reading import Line
from baton.operations.exchange.rules.recipe import CUSTOM, FileRecipe, Recipe, Spec
from baton.operations.exchange.rules.values import BadValue, read_cell, with_point
from baton.records.people.rules import split_emails

LONGEST_OWNER = 200  # characters of a key; what tables of external ids hold


@dataclass(frozen=True)
class Shape:
    """What a field's cells must look like."""

    kind: str  # of values.read_cell; a link's cell is text
    longest: int = 0  # characters; 0: any length
    choices: tuple[str, ...] = ()
    is_gathered: bool = False  # the value is a list, of one for each row of the object
    is_many: bool = False  # the value is a list, of all that stand in the cell


@dataclass(frozen=True)
class Shapes:
    """What the cells of one kind of object must look like."""

    fields: Mapping[str, Shape]
    longest_key: int


class CannotMap(RuleViolation):
    """A cell is wrong; ``column`` says which."""

    def __init__(self, column: str, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, **values)
        self.column = column


TOO_LONG = gettext_noop("The cell holds %(length)s characters; %(most)s fit. Shorten it.")


def check_cell(line: Line, name: str, spec: Spec, *, recipe: Recipe, shapes: Shapes) -> str:
    """The text of one field of this line, when it is of the field's kind. Raises CannotMap."""
    text, said = said_by(line, spec, recipe)
    if text and name.startswith(CUSTOM):
        custom_value(text, said, recipe)
    elif text:
        put_value({}, name, text, shapes.fields[name], said, recipe)
    return text


def is_skipped(line: Line, part: FileRecipe, recipe: Recipe) -> bool:
    """Whether the recipe leaves this row out: one that was deleted there, or a sum of others."""
    for one in part.skip:
        text, _spec = said_by(line, one.column, recipe)
        if text.casefold().startswith(tuple(word.casefold() for word in one.words)):
            return True
    return False


def key_of(line: Line, spec: Spec, recipe: Recipe) -> str:
    text, said = said_by(line, spec, recipe)
    return _linked(text, said.by) if text and said.by else text


def _linked(text: str, by: str) -> str:
    """Of several addresses in a cell the first one names who it is."""
    return link_by(by, (split_emails(text)[0] if by == "email" else text).casefold())


def put_value(
    into: dict[str, Any], name: str, text: str, shape: Shape, spec: Spec, recipe: Recipe
) -> None:
    if not text:
        into[name] = "" if shape.kind in {"text", "link"} else None
        return
    if spec.by:
        text = _linked(text, spec.by)
    formats = (*spec.formats, *recipe.formats)
    try:
        into[name] = read_cell(text, kind=shape.kind, zone=recipe.zone, formats=formats)
    except BadValue as error:
        raise CannotMap(column_of(spec), error.sentence, **error.values) from error
    if shape.longest and len(text) > shape.longest:
        length = f"{len(text):,}"
        raise CannotMap(column_of(spec), TOO_LONG, length=length, most=shape.longest)
    if shape.choices and text not in shape.choices:
        words = gettext_noop("“%(text)s” is not known. Use one of: %(choices)s.")
        raise CannotMap(column_of(spec), words, text=text[:60], choices=", ".join(shape.choices))


def custom_value(text: str, spec: Spec, recipe: Recipe) -> Any:
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
        raise CannotMap(column_of(spec), error.sentence, **error.values) from error


def said_by(line: Line, spec: Spec, recipe: Recipe) -> tuple[str, Spec]:
    """The first text that is none empty, and by whom it is said."""
    if spec.is_plain:
        return line.cells[spec.column], spec
    for one in spec.ways:
        if text := _text(line, one, recipe):
            return text, one
    return "", spec


def all_said_by(line: Line, spec: Spec, recipe: Recipe) -> tuple[list[str], Spec]:
    """The same where several may stand in the cell: all of them, each once."""
    for one in spec.ways:
        if one.split and one.column:
            cell = line.cells[one.column]
            texts = [_ours(text, one, recipe) if one.alias else text for text in _each(cell, one)]
        else:
            texts = [_text(line, one, recipe)]
        if found := [*dict.fromkeys(filter(None, texts))]:
            return found, one
    return [], spec


def _each(cell: str, spec: Spec) -> list[str]:
    """What stands in the cell between the characters that part them."""
    between = f"[{re.escape(spec.split)}]"
    return [text for one in re.split(between, cell) if (text := one.strip())]


def _nth(cell: str, line: Line, spec: Spec) -> str:
    """The one that is meant of those in the cell."""
    parts = _each(cell, spec)
    if spec.paired and len(parts) != len(_each(line.cells.get(spec.paired, ""), spec)):
        parts = [cell]
    return parts[spec.nth] if spec.nth < len(parts) else ""


def _text(line: Line, spec: Spec, recipe: Recipe) -> str:
    if spec.fixed:
        return spec.fixed
    if spec.gathered:
        return "; ".join(filter(None, (line.cells[name] for name in spec.gathered)))
    if spec.template or spec.joined:
        if not all(line.cells[name] for name in spec.own_columns()):
            return ""
        return "".join(text + (line.cells[name] if name else "") for text, name in spec.pieces)
    text = line.cells[spec.column] if spec.column else ""
    if spec.begins and not text.startswith(spec.begins):
        return ""
    if spec.decimal:
        text = with_point(text, decimal=spec.decimal)
    if spec.split:
        text = _nth(text, line, spec)
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


def column_of(spec: Spec) -> str:
    return next(iter(spec.columns()), "")
