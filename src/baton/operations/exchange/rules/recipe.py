"""A recipe: which file brings which objects, which column fills which field (docs/import.md)."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from baton.operations.exchange.rules.refusals import Unusable

CUSTOM = "custom."


@dataclass(frozen=True)
class Spec:
    """Where a field's text comes from: a column, a template over columns, or always the same."""

    column: str = ""
    template: str = ""
    fixed: str = ""
    alias: str = ""  # name of an alias table: other spelling -> ours
    only_known: bool = False  # a text that the alias table lacks is an error
    kind: str = "text"  # of a custom field
    label: str = ""  # of a custom field

    def columns(self) -> list[str]:
        """The columns that it reads."""
        named = [name for _, name, _, _ in string.Formatter().parse(self.template) if name]
        return [self.column, *named] if self.column else named


@dataclass(frozen=True)
class StageSpec:
    """A dated column that says when a person reached a lifecycle stage, and whose they were."""

    stage: str
    at: Spec
    owner: Spec | None = None

    def columns(self) -> list[str]:
        return [*self.at.columns(), *(self.owner.columns() if self.owner else ())]


@dataclass(frozen=True)
class ObjectRecipe:
    """One object of each row. ``undated``: keep or fail rows whose ``dated`` field is empty."""

    type: str
    key: Spec
    fields: Mapping[str, Spec]
    keep_empty: frozenset[str] = frozenset()  # fields in which an empty cell is a value
    dated: str = ""
    undated: str = "keep"
    stages: tuple[StageSpec, ...] = ()  # of a person

    def columns(self) -> set[str]:
        specs: list[Spec | StageSpec] = [self.key, *self.fields.values(), *self.stages]
        return {name for spec in specs for name in spec.columns()}


@dataclass(frozen=True)
class FileRecipe:
    label: str
    objects: tuple[ObjectRecipe, ...]

    def columns(self) -> set[str]:
        """The columns that the file must have: by them it is recognised."""
        return set().union(*(one.columns() for one in self.objects))


@dataclass(frozen=True)
class Recipe:
    name: str
    source: str
    zone: ZoneInfo
    currency: str
    formats: tuple[str, ...]
    files: tuple[FileRecipe, ...]
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_recipe(path: Path) -> Recipe:
    """Raises Unusable with the place in the recipe."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"The recipe {path} cannot be read. Name an existing TOML file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable(f"The recipe {path.name} is not valid TOML: {error}.") from error
    try:
        return _recipe(path.stem, raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unusable(
            f"The recipe {path.name} lacks {error} or has it in a wrong shape."
        ) from error


def _recipe(stem: str, raw: dict[str, Any]) -> Recipe:
    aliases = raw.get("alias", {})
    recipe = Recipe(
        name=raw.get("name", stem),
        source=raw["source"],
        zone=_zone(raw.get("zone", "UTC")),
        currency=raw.get("currency", ""),
        formats=tuple(raw.get("formats", ())),
        files=tuple(_file(one, number) for number, one in enumerate(raw["file"], 1)),
        aliases={name: dict(table) for name, table in aliases.items()},
    )
    for one in recipe.files:
        for thing in one.objects:
            for name, spec in [("key", thing.key), *thing.fields.items()]:
                if spec.alias and spec.alias not in aliases:
                    words = f"{one.label}, {name}: there is no table [alias.{spec.alias}]."
                    raise Unusable(words)
    return recipe


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Unusable(f"zone = “{name}” is no time zone. Write it like Europe/Berlin.") from error


def _file(raw: dict[str, Any], number: int) -> FileRecipe:
    return FileRecipe(
        label=raw.get("label", f"file {number}"),
        objects=tuple(_object(one) for one in raw["object"]),
    )


def _object(raw: dict[str, Any]) -> ObjectRecipe:
    undated = raw.get("undated", "keep")
    if undated not in {"keep", "fail"}:
        raise Unusable(f"undated = “{undated}” is unknown: write keep or fail.")
    return ObjectRecipe(
        type=raw["type"],
        key=_spec(raw["key"]),
        fields={name: _spec(one) for name, one in _flat(raw.get("fields", {})).items()},
        keep_empty=frozenset(raw.get("keep_empty", ())),
        dated=raw.get("dated", ""),
        undated=undated,
        stages=tuple(_stage(one) for one in raw.get("stage", ())),
    )


def _stage(raw: dict[str, Any]) -> StageSpec:
    owner = raw.get("owner")
    return StageSpec(raw["stage"], _spec(raw["at"]), _spec(owner) if owner else None)


def _flat(fields: dict[str, Any]) -> dict[str, Any]:
    """``custom.segment`` may be written as a dotted key."""
    custom = fields.get("custom", {})
    plain = {name: one for name, one in fields.items() if name != "custom"}
    return plain | {f"{CUSTOM}{name}": one for name, one in custom.items()}


def _spec(raw: Any) -> Spec:
    """Text names a column."""
    if isinstance(raw, str):
        return Spec(column=raw)
    if unknown := set(raw) - set(Spec.__dataclass_fields__):
        raise Unusable(f"“{min(unknown)}” means nothing here: {raw}.")
    return Spec(**raw)
