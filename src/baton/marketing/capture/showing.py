"""A page's blocks made ready for the template: lines parted, links checked, bars measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.text import slugify

from baton.marketing.capture.models import Page
from baton.marketing.capture.rules.blocks import (
    Arrangement,
    Block,
    BlockKind,
    arrange,
    numbers,
    places,
)

WIDTH, HEIGHT, GAP = 600, 190, 3  # of the drawing, in its own units
OUTSIDE = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Bar:
    """One bar of a chart, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float
    is_marked: bool


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A block as its template draws it; what its kind does not have is empty."""

    kind: str
    texts: dict[str, str]
    rows: list[list[str]]
    paragraphs: list[str]
    links: list[Link]
    bars: list[Bar]
    figures: list[str]
    ticks: list[str]

    @property
    def template(self) -> str:
        return f"capture/public/{self.kind}.html"


@dataclass(frozen=True)
class Row:
    """A section below the pitch."""

    kind: str
    blocks: list[Shown]


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """What stands at the left of the form, and what stands below both."""

    pitch: list[Shown]
    form_title: str
    rows: list[Row]


def shown_page(page: Page, *, carry: str) -> ShownPage:
    """The page ready to draw; ``carry`` is the query that links to our own pages hand on."""
    arranged: Arrangement = arrange(page.pieces())
    return ShownPage(
        pitch=_all(arranged.pitch, carry),
        form_title=arranged.form.texts.get("title", "") if arranged.form else "",
        rows=[Row(section.kind, _all(section.blocks, carry)) for section in arranged.sections],
    )


def _all(blocks: Sequence[Block], carry: str) -> list[Shown]:
    return [_shown(block, carry) for block in blocks]


def _shown(block: Block, carry: str) -> Shown:
    values = numbers(block.texts.get("values", ""))
    text = block.texts.get("text", "")
    rows = block.lines()
    return Shown(
        kind=block.kind.value,
        texts=dict(block.texts),
        rows=rows,
        paragraphs=[part for part in text.split("\n\n") if part],
        links=[link for row in rows if (link := _link(row, carry))]
        if block.kind is BlockKind.LINKS
        else [],
        bars=_bars(values, marked=places(block.texts.get("marked", ""))),
        figures=[f"{value:g}" for value in values],
        ticks=[part.strip() for part in block.texts.get("ticks", "").split("|") if part.strip()],
    )


def _bars(values: Sequence[float], *, marked: frozenset[int]) -> list[Bar]:
    step = WIDTH / len(values) if values else 0
    top = max(values, default=0) or 1
    return [
        Bar(
            x=round(place * step, 1),
            y=round(HEIGHT * (1 - value / top), 1),
            width=round(step - GAP, 1),
            height=round(HEIGHT * value / top, 1),
            is_marked=place + 1 in marked,
        )
        for place, value in enumerate(values)
    ]


def _link(row: Sequence[str], carry: str) -> Link | None:
    """Another page of ours by its address, or a place outside; anything else is no link."""
    label, target = (row[0], row[-1]) if len(row) > 1 else ("", "")
    if not label or not target:
        return None
    if target == slugify(target):
        path = reverse("capture:public-page", args=[target])
        return Link(label, f"{path}?{carry}" if carry else path)
    return Link(label, target) if urlsplit(target).scheme in OUTSIDE else None
