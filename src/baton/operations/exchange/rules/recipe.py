"""A recipe: which file brings which objects, which column fills which field (docs/import.md)."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

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

    def pieces(self) -> list[tuple[str, str]]:
        """The template as pairs: plain text, and the column after it ("" at the end)."""
        parsed = string.Formatter().parse(self.template)
        return [(text, name or "") for text, name, _, _ in parsed]

    def columns(self) -> list[str]:
        """The columns that it reads."""
        named = [name for _, name in self.pieces() if name]
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
