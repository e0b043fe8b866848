"""What a page is built of, and how blocks stand beside each other. Texts only: no HTML, ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any


class BlockKind(StrEnum):
    """A name, never renamed, for pages keep it."""

    HEADING = "heading"
    TEXT = "text"
    CHART = "chart"
    FIGURES = "figures"
    LIST = "list"
    QUOTE = "quote"
    LINKS = "links"
    FORM = "form"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One piece of a page; ``id`` stays while it moves. ``texts`` by the names in ``ASKED``."""

    id: str
    kind: BlockKind
    texts: Mapping[str, str]

    def plain(self) -> dict[str, Any]:
        """As the page keeps it."""
        return {"id": self.id, "kind": self.kind.value, "texts": dict(self.texts)}

    def lines(self) -> list[list[str]]:
        """Its ``items``: a line each, parts between bars."""
        rows = self.texts.get("items", "").splitlines()
        return [[part.strip() for part in row.split("|")] for row in rows if row.strip()]


# Which texts a kind has, and the most characters of each.
ASKED: Mapping[BlockKind, Mapping[str, int]] = {
    BlockKind.HEADING: {"text": 160},
    BlockKind.TEXT: {"text": 4000},
    BlockKind.CHART: {
        "title": 160,
        "text": 300,
        "values": 600,
        "marked": 80,
        "ticks": 200,
        "say": 60,
    },
    BlockKind.FIGURES: {"items": 1200},
    BlockKind.LIST: {"title": 160, "items": 4000},
    BlockKind.QUOTE: {"text": 1000, "by": 160},
    BlockKind.LINKS: {"items": 1200},
    BlockKind.FORM: {"title": 160},
}
MOST_BLOCKS = 40
_WIDE = frozenset({BlockKind.FIGURES})
_PAIRED = frozenset({BlockKind.LIST, BlockKind.QUOTE})


@dataclass(frozen=True, kw_only=True)
class Section:
    """A row of a page: ``kind`` is proof (figures), inside (two columns) or flow (one)."""

    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """The pitch stands at the left of the form; the sections follow below both."""

    pitch: tuple[Block, ...]
    form: Block | None
    sections: tuple[Section, ...]


def read_block(raw: Mapping[str, Any]) -> Block:
    """A block from how a page keeps it."""
    return Block(id=raw["id"], kind=BlockKind(raw["kind"]), texts=dict(raw["texts"]))


def arrange(blocks: Sequence[Block]) -> Arrangement:
    """Up to the first figures, list or quote all is pitch; the rest in rows of one manner."""
    form = next((block for block in blocks if block.kind is BlockKind.FORM), None)
    rest = [block for block in blocks if block.kind is not BlockKind.FORM]
    split = next((at for at, block in enumerate(rest) if block.kind in _WIDE | _PAIRED), len(rest))
    sections = [
        Section(kind=manner, blocks=tuple(group))
        for manner, group in groupby(rest[split:], key=_manner)
    ]
    return Arrangement(pitch=tuple(rest[:split]), form=form, sections=tuple(sections))


def moved(blocks: Sequence[Block], *, block_id: str, steps: int) -> list[Block]:
    """The blocks with one of them so many places further down (negative: up), within the ends."""
    order = list(blocks)
    at = next((place for place, block in enumerate(order) if block.id == block_id), None)
    if at is not None:
        block = order.pop(at)
        order.insert(max(0, at + steps), block)
    return order


def with_texts(block: Block, texts: Mapping[str, str]) -> Block:
    """The block with new texts, as far as its kind asks for them, cut to their length."""
    asked = ASKED[block.kind]
    return replace(block, texts={name: texts.get(name, "")[:most] for name, most in asked.items()})


def numbers(text: str) -> list[float]:
    """The figures of a chart: parted by spaces, commas or lines; what is none is left out."""
    found = [_number(word) for word in text.replace(";", " ").replace(",", " ").split()]
    return [number for number in found if number is not None][:60]


def places(text: str) -> frozenset[int]:
    """``1-3, 7`` is 1, 2, 3 and 7: which bars of a chart are marked, counted from one."""
    marked: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if first.strip().isdecimal() and (not last or last.strip().isdecimal()):
            marked |= set(range(int(first), min(int(last or first), 60) + 1))
    return frozenset(marked)


def _number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if 0 <= number < 1e12 else None


def _manner(block: Block) -> str:
    if block.kind in _WIDE:
        return "proof"
    return "inside" if block.kind in _PAIRED else "flow"
