"""A filter as one word of an address: short JSON, the number of its form before the conditions.

``[1,["stage","is","mql"],{"any":[["score",">",69],{"not":["owner","is_set"]}]}]``: all parts hold.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from baton.core.filters.describing import describe
from baton.core.filters.fields import Fields
from baton.core.filters.nodes import AllOf, Filter, Node, Not
from baton.core.filters.parsing import GROUPS, BadFilter, Reading

FORM = 1
MOST_ASKED, MOST_DEEP = 50, 3  # conditions of a list's filter; groups within groups
LONGEST = 6_000  # characters as an address writes them: a saved view holds 8,000
Tree = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One of those that must all hold: a condition, or a group."""

    tree: Tree
    node: Node


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list, as far as the list can follow it."""

    object_type: str
    parts: tuple[Part, ...] = ()
    lost: tuple[str, ...] = ()  # what was left out and why, half a sentence each

    @property
    def chosen(self) -> Filter:
        return Filter(self.object_type, AllOf(tuple(part.node for part in self.parts)))

    @property
    def tree(self) -> Tree:
        return {"all": [part.tree for part in self.parts]}

    @property
    def text(self) -> str:
        return written(self.tree)

    def chips(self) -> Iterator[tuple[str, str]]:
        """Each part in words, and the address's word without it."""
        for here in self.parts:
            others = [part.tree for part in self.parts if part is not here]
            yield describe(Filter(self.object_type, here.node)), written({"all": others})


def written(tree: Tree) -> str:
    """The word that asks this; "" for a filter without conditions."""
    parts = tree.get("all", [tree])
    short = [FORM, *map(_short, parts)]
    return json.dumps(short, ensure_ascii=False, separators=(",", ":")) if parts else ""


def unpacked(text: str, *, object_type: str) -> Tree:
    """The tree that a word means, whether its conditions make sense or not. Raises BadFilter."""
    try:
        form, *parts = json.loads(text)
        json.dumps(parts, ensure_ascii=False).encode()  # half a character could not be shown again
    except (ValueError, TypeError, RecursionError) as error:
        raise BadFilter(_("it cannot be read, build it anew")) from error
    if form != FORM or isinstance(form, bool):
        raise BadFilter(_("it is of another version of Baton, build it anew"))
    return {"all": [_long(part, object_type=object_type, level=1) for part in parts]}


def refuse_size(tree: Tree) -> None:
    """Raises BadFilter for what is more than a list takes."""
    count = len(list(_leaves(tree)))
    if count > MOST_ASKED:
        words = _("it has %(count)d conditions and may have %(most)d, take some out")
        raise BadFilter(words % {"count": count, "most": MOST_ASKED})
    if _depth(unwrapped(tree)) > MOST_DEEP:
        raise BadFilter(_("its groups lie more than %d deep, take one apart") % MOST_DEEP)
    if len(quote_plus(written(tree))) > LONGEST:
        words = _("it is longer than the %d characters of an address, take a condition out")
        raise BadFilter(words % LONGEST)


def read(text: str, *, object_type: str, fields: Fields) -> Asked:
    """What is no filter here is left out, and told in ``lost``."""
    if not text:
        return Asked(object_type)
    try:
        tree = unpacked(text, object_type=object_type)
        refuse_size(tree)
    except BadFilter as bad:
        return Asked(object_type, lost=(str(bad),))
    reading = _Lenient(object_type, fields)
    found = (reading.part(one) for one in tree["all"])
    return Asked(object_type, tuple(part for part in found if part), tuple(reading.lost))


class _Lenient:
    """Goes on where a condition has no sense, and tells which."""

    def __init__(self, object_type: str, fields: Fields) -> None:
        self.fields = fields
        self.reading = Reading(object_type, fields)
        self.lost: list[str] = []

    def part(self, tree: Tree) -> Part | None:
        """None where nothing of it is left."""
        if "field" in tree:
            return self.condition(tree)
        [(word, inner)] = tree.items()
        if word == "not":
            kept = self.part(inner)
            return Part({"not": kept.tree}, Not(kept.node)) if kept else None
        parts = [part for part in map(self.part, inner) if part]
        nodes = tuple(part.node for part in parts)
        return Part({word: [part.tree for part in parts]}, GROUPS[word](nodes)) if parts else None

    def condition(self, tree: Tree) -> Part | None:
        if tree["field"] not in self.fields:
            name = tree["field"].partition(".")[2]
            self.lost.append(_("there is no field “%s” to ask about") % name[:60])
            return None
        try:
            return Part(tree, self.reading.condition(tree, where=""))
        except BadFilter as bad:
            self.lost.append(bad.why)
            return None


def _short(tree: Tree) -> Any:
    if "field" in tree:
        name = tree["field"].partition(".")[2]
        return [name, str(tree["op"]), *([tree["value"]] if "value" in tree else [])]
    [(word, inner)] = tree.items()
    return {word: _short(inner) if word == "not" else [_short(part) for part in inner]}


def _long(short: Any, *, object_type: str, level: int) -> Tree:
    """Shapes only: whether there is such a field, and what it may be asked, is not its business."""
    if isinstance(short, list) and len(short) in {2, 3} and isinstance(short[0], str):
        rest = {"value": short[2]} if len(short) == 3 else {}
        return {"field": f"{object_type}.{short[0]}", "op": short[1], **rest}
    if not isinstance(short, Mapping) or len(short) != 1 or level > MOST_DEEP * 4:
        raise BadFilter(_("a part of it cannot be read, build it anew"))
    [(word, inner)] = short.items()
    if word == "not":
        return {"not": _long(inner, object_type=object_type, level=level + 1)}
    if word not in GROUPS or not isinstance(inner, list) or not inner:
        raise BadFilter(_("a part of it cannot be read, build it anew"))
    return {word: [_long(part, object_type=object_type, level=level + 1) for part in inner]}


def _leaves(tree: Tree) -> Iterator[Tree]:
    if "field" in tree:
        yield tree
        return
    [(word, inner)] = tree.items()
    for part in [inner] if word == "not" else inner:
        yield from _leaves(part)


def unwrapped(tree: Tree) -> Tree:
    """The group that is all there is, without the "all" around it."""
    parts = tree.get("all", [])
    is_around = len(parts) == 1 and "field" not in parts[0]
    return unwrapped(parts[0]) if is_around else tree


def _depth(tree: Tree) -> int:
    """Groups within groups; a negation is none."""
    if "field" in tree:
        return 0
    [(word, inner)] = tree.items()
    if word == "not":
        return _depth(inner)
    return 1 + max(map(_depth, inner), default=0)
