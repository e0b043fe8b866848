"""A recipe: which file brings which objects, which column fills which field (docs/import.md)."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from zoneinfo import ZoneInfo

CUSTOM = "custom."
WHY = "What is wrong"  # the last column of files to mend


@dataclass(frozen=True)
class Spec:
    """Where a field's text comes from: a column, a template over columns, or always the same."""

    column: str = ""
    template: str = ""
    fixed: str = ""
    alias: str = ""  # name of an alias table: other spelling -> ours
    only_known: bool = False  # a text that the alias table lacks is an error
    unknown: str | None = None  # what a text that the alias table lacks becomes
    by: str = ""  # of a link or a key: email, domain or name instead of the source's key
    begins: str = ""  # another cell than one that begins so is taken for empty
    if_known: bool = False  # of a link: what is not here is left out, and fails nothing
    starred: bool = False  # not the cell: what stands in the column's name at the star
    split: str = ""  # several stand in the cell, between these: the first counts
    nth: int = 0  # which of several that stand in the cell, from 0
    paired: str = ""  # as many must stand in this column's cell, or there is one in this one
    kind: str = "text"  # of a custom field
    label: str = ""  # of a custom field
    joined: tuple[str, ...] = ()  # columns, with a blank between; empty where one of them is
    gathered: tuple[str, ...] = ()  # columns of which each may say one: all that are filled
    formats: tuple[str, ...] = ()  # of dates, before the recipe's
    decimal: str = ""  # what parts whole from fraction; the other one parts thousands
    others: tuple["Spec", ...] = ()  # asked in turn where this one is empty

    @cached_property
    def is_plain(self) -> bool:
        """Nothing but a column, as it stands."""
        return bool(self.column) and replace(self, by="", kind="", label="", formats=()) == Spec(
            column=self.column, kind=""
        )

    @cached_property
    def unlinked(self) -> "Spec":
        """What stands in the cell itself, though it is the key of another."""
        return replace(self, by="")

    @cached_property
    def pieces(self) -> list[tuple[str, str]]:
        """The template as pairs: plain text, and the column after it ("" at the end)."""
        if self.joined:
            return [(" " if place else "", name) for place, name in enumerate(self.joined)]
        parsed = string.Formatter().parse(self.template)
        return [(text, name or "") for text, name, _, _ in parsed]

    def columns(self) -> list[str]:
        """The columns that it reads."""
        return [name for one in self.ways for name in one.own_columns()]

    def own_columns(self) -> list[str]:
        """Those of itself, without the others."""
        named = [name for _, name in self.pieces if name]
        return [*([self.column] if self.column else ()), *named, *self.gathered]

    @cached_property
    def ways(self) -> tuple["Spec", ...]:
        """Itself, then the others."""
        return self, *self.others


@dataclass(frozen=True)
class StageSpec:
    """A dated column that says when a person reached a lifecycle stage, and whose they were."""

    stage: Spec
    at: Spec
    owner: Spec | None = None

    def columns(self) -> list[str]:
        specs = [self.stage, self.at, *([self.owner] if self.owner else ())]
        return [name for spec in specs for name in spec.columns()]


@dataclass(frozen=True)
class ObjectRecipe:
    """One object of each row. ``undated``: keep or fail rows whose ``dated`` field is empty."""

    type: str
    key: Spec
    fields: Mapping[str, Spec]
    also: Spec | None = None  # another key by which the source calls it
    keep_empty: frozenset[str] = frozenset()  # fields in which an empty cell is a value
    dated: str = ""
    undated: str = "keep"
    repeats: bool = False  # a key may come in several rows: the first speaks, the rest add
    rest: str = ""  # "custom", or the field at whose end columns are told that nobody names
    stages: tuple[StageSpec, ...] = ()  # of a person
    told: tuple[str, ...] = ()  # the columns that ``rest`` tells

    def columns(self) -> set[str]:
        also = [self.also] if self.also else []
        specs: list[Spec | StageSpec] = [self.key, *also, *self.fields.values(), *self.stages]
        return {name for spec in specs for name in spec.columns()}


@dataclass(frozen=True)
class Skip:
    """Rows that are left out: those whose cell begins with one of these words."""

    column: Spec
    words: tuple[str, ...]


@dataclass(frozen=True)
class FileRecipe:
    """``known_by``: sets of columns; a file that has one of them needs no other column."""

    label: str
    objects: tuple[ObjectRecipe, ...]
    known_by: tuple[frozenset[str], ...] = ()
    skip: tuple[Skip, ...] = ()
    ignore: frozenset[str] = frozenset()  # columns that are not worth a field
    continues: str = ""  # the column by which a row is known to go on with the one above
    is_whole: bool = False  # a file with any other column is none of it

    def columns(self) -> set[str]:
        """All that it names; without ``known_by`` by these the file is recognised."""
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
    joins: bool = False  # somebody known by mail or domain is not refused but filled up
    label: str = ""  # of a format that ships: what screens call it

    @cached_property
    def folded(self) -> Mapping[str, Mapping[str, str]]:
        """The alias tables, whatever the case."""
        return {
            name: {other.casefold(): ours for other, ours in table.items()}
            for name, table in self.aliases.items()
        }
