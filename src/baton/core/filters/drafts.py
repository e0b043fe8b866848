"""A filter while it is put together: groups and conditions as a form holds them, unfinished too."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from baton.core.filters.addresses import MOST_DEEP, Tree, unwrapped
from baton.core.filters.comparing import (
    PAIRS,
    Control,
    comparison_of,
    comparisons_of,
    condition_of,
    control_of,
    typed_of,
)
from baton.core.filters.fields import Fields, labels_of
from baton.core.offers import FieldKind, Label

ALL, ANY, NONE = "all", "any", "none"
ROOT = "0"
PLACE = re.compile(r"0(\.[0-9]{1,3}){0,12}")


@dataclass
class Line:
    """One condition: a field, a comparison, and what was typed for it."""

    key: str = ""
    comparison: str = ""
    typed: list[str] = field(default_factory=list)
    place: str = ""
    error: str = ""
    fields: Fields = field(default_factory=dict, repr=False, compare=False)

    is_group = False

    @property
    def label(self) -> Label:
        return self.fields[self.key].label if self.key else ""

    @property
    def is_empty(self) -> bool:
        return not self.key

    @property
    def is_finished(self) -> bool:
        """Whether it can be asked; what was typed may still be wrong."""
        if self.control is Control.NONE:
            return bool(self.key)
        return len(self.typed) >= (2 if self.control in PAIRS else 1) and all(self.typed)

    @property
    def control(self) -> Control:
        if not self.key:
            return Control.NONE
        return control_of(self.fields[self.key].kind, self.comparison)

    @property
    def comparisons(self) -> list[tuple[str, Label]]:
        return list(comparisons_of(self.fields[self.key].kind)) if self.key else []

    @property
    def choices(self) -> list[tuple[str, Label, bool]]:
        """Value, label, and whether it is chosen."""
        if not self.key:
            return []
        known = self.fields[self.key]
        if known.kind is FieldKind.BOOLEAN:
            found: Mapping[str, Label] = {"yes": _("yes"), "no": _("no")}
        else:
            found = labels_of(known) or {}
        return [(value, label, value in self.typed) for value, label in found.items()]

    @property
    def first(self) -> str:
        return self.typed[0] if self.typed else ""

    @property
    def last(self) -> str:
        return self.typed[1] if len(self.typed) > 1 else ""

    @property
    def text(self) -> str:
        return "\n".join(self.typed)

    def settle(self) -> None:
        """A comparison that its field has; another kind of field begins with its first one."""
        offered = [value for value, _label in self.comparisons]
        if self.comparison not in offered:
            self.comparison = offered[0] if offered else ""

    def tree(self) -> Tree:
        found: Tree = condition_of(self.fields[self.key], self.key, self.comparison, self.typed)
        return found


@dataclass
class Group:
    """All of them, any, or none."""

    join: str = ALL
    parts: "list[Line | Group]" = field(default_factory=list)
    place: str = ROOT
    error: str = ""

    is_group = True

    @property
    def may_nest(self) -> bool:
        """Whether a group may stand in this one."""
        return self.place.count(".") + 1 < MOST_DEEP

    @property
    def is_root(self) -> bool:
        return self.place == ROOT

    def lines(self) -> Iterator[Line]:
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.lines()
            else:
                yield part

    def number(self, place: str = ROOT) -> None:
        """Give each part its place: a form names its controls by it."""
        self.place = place
        for position, part in enumerate(self.parts):
            if isinstance(part, Group):
                part.number(f"{place}.{position}")
            else:
                part.place = f"{place}.{position}"

    def tree(self, *, is_draft: bool) -> Tree | None:
        """What it means; None when nothing is asked. Of a draft, only what is finished."""
        parts = [tree for part in self.parts if (tree := _tree(part, is_draft=is_draft))]
        if not parts:
            return None
        if self.join == NONE:
            return {"not": {"any": parts}}
        return {ANY if self.join == ANY else ALL: parts}


def _tree(part: Line | Group, *, is_draft: bool) -> Tree | None:
    if isinstance(part, Group):
        return part.tree(is_draft=is_draft)
    if part.is_empty or (is_draft and not part.is_finished):
        return None
    return part.tree()


def draft_of(tree: Tree, fields: Fields) -> Group:
    """A form's draft for a tree of any shape."""
    root = _drafted(unwrapped(tree), fields)
    group = root if isinstance(root, Group) else Group(ALL, [root])
    group.number()
    return group


def _drafted(tree: Tree, fields: Fields, *, is_negated: bool = False) -> Line | Group:
    if "field" in tree:
        return _line(tree, fields, is_negated=is_negated)
    [(word, inner)] = tree.items()
    if word == "not":
        return _drafted(inner, fields, is_negated=not is_negated)
    parts = [_drafted(part, fields) for part in inner]
    if not is_negated:
        return Group(word, parts)
    return Group(NONE, parts if word == ANY else [Group(ALL, parts)])


def _line(tree: Tree, fields: Fields, *, is_negated: bool) -> Line | Group:
    key = tree["field"] if tree["field"] in fields else ""
    op, typed = str(tree["op"]), typed_of(tree.get("value"))
    comparison = comparison_of(fields.get(key), op, is_negated=is_negated)
    line = Line(key, comparison or op, typed, fields=fields)
    return line if comparison else Group(NONE, [line])


def draft_sent(sent: Any, fields: Fields) -> Group:
    """The draft as a form was sent: ``0-join``, ``0.1-field``, ``0.1-op``, ``0.1-value``."""
    groups = {ROOT: Group(_join(sent.get(f"{ROOT}-join", "")))}
    places = (name.rpartition("-")[::2] for name in sent)
    known = {(place, word) for place, word in places if PLACE.fullmatch(place)}
    for place, word in sorted(known, key=lambda one: [*map(int, one[0].split("."))]):
        above = groups.get(place.rpartition(".")[0])
        if above is None:
            continue
        if word == "join":
            groups[place] = Group(_join(sent.get(f"{place}-join", "")))
            above.parts.append(groups[place])
        elif word == "field":
            above.parts.append(_sent_line(sent, place, fields))
    groups[ROOT].number()
    return groups[ROOT]


def _join(word: str) -> str:
    return word if word in {ALL, ANY, NONE} else ALL


def _sent_line(sent: Any, place: str, fields: Fields) -> Line:
    key = sent.get(f"{place}-field", "")
    key = key if key in fields else ""
    line = Line(key, sent.get(f"{place}-op", ""), fields=fields)
    line.settle()
    typed = [value.replace("\0", "").strip() for value in sent.getlist(f"{place}-value")]
    if line.control is Control.LINES:
        typed = [text.strip() for value in typed for text in value.splitlines()]
    is_pair = line.control in PAIRS and any(typed)  # of a pair, one may stand alone still
    line.typed = typed[:2] if is_pair else [text for text in typed if text]
    return line
