"""Charts drawn by the server: every colour a class, a sentence as label, a table beside it.

A chart is drawn at the width it is shown at, once for a desk and once for a phone; a container
query shows one of them. Numbers reach the templates as text: no language puts a comma in a path.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.ui.drawing import (
    Drawing,
    Mark,
    Point,
    Shape,
    dot,
    line,
    number,
    path,
    rect,
    scale,
    text,
    ticks,
)
from baton.core.ui.formats import grouped, percent

Words = str | Promise
HALF, FULL, PHONE = 550, 1146, 332  # the widths tiles have
LEFT, RIGHT, TOP, BOTTOM = 44, 92, 12, 24  # around the lines of a trend


@dataclass(frozen=True)
class Table:
    head: list[Words]
    rows: list[list[Words]]


@dataclass(frozen=True, kw_only=True)
class Chart:
    sentence: Words  # the finding; also what a screen reader says
    desk: Drawing
    phone: Drawing
    table: Table | None = None
    template: str = "ui/charts/plain.html"
    marks: Sequence[Mark] = ()  # in their order, told below it


@dataclass(frozen=True, kw_only=True)
class Series:
    """Values in the order of the labels; None where there is none yet."""

    name: Words
    values: Sequence[float | None]
    css: str = ""  # "" the one that matters; "old" context, "plan" a promise, "dash" a forecast


def trend(
    *,
    series: Sequence[Series],
    labels: Sequence[Words],
    sentence: Words,
    goal: tuple[float, Words] | None = None,
    width: int = HALF,
    say: Callable[[float], str] = grouped,
) -> Chart:
    """Lines over time, at most five, named at their ends; the first is filled down to zero."""
    shown = _Trend(list(series)[:5], list(labels), goal, say)
    return Chart(
        sentence=sentence,
        desk=shown.drawn(width, 220),
        phone=shown.drawn(PHONE, 200),
        table=Table(
            ["", *(each.name for each in shown.series)],
            [
                [label, *(_said(each.values[i], say) for each in shown.series)]
                for i, label in enumerate(labels)
            ],
        ),
    )


def _said(value: float | None, say: Callable[[float], str]) -> str:
    return "" if value is None else say(value)


@dataclass(frozen=True)
class _Trend:
    series: list[Series]
    labels: list[Words]
    goal: tuple[float, Words] | None
    say: Callable[[float], str]
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM

    def drawn(self, width: int, height: int) -> Drawing:
        known = [v for each in self.series for v in each.values if v is not None]
        steps = ticks(max([*known, self.goal[0] if self.goal else 0], default=0))
        x = scale(0, max(1, len(self.labels) - 1), self.left, width - self.right)
        y = scale(steps[0], steps[-1], height - self.bottom, self.top)
        shapes = [*self._grid(steps, y, width), *self._below(x, height, width)]
        ends: list[tuple[float, Shape]] = []
        if self.goal:
            at = y(self.goal[0])
            shapes.append(line((self.left, at), (width - self.right, at), "goal"))
            ends.append((at, text((width - self.right + 7, at + 4), self.goal[1], "goal")))
        for index, each in enumerate(self.series):
            points = [(x(i), y(v)) for i, v in enumerate(each.values) if v is not None]
            if points:
                shapes += self._line(points, each.css, y(0) if index == 0 else None)
                css = "name old" if each.css else "name now"
                ends.append(
                    (points[-1][1], text((points[-1][0] + 7, points[-1][1] + 4), each.name, css))
                )
        return Drawing(width, height, [*shapes, *_apart(ends)])

    def _grid(self, steps: list[float], y: Callable[[float], float], width: int) -> list[Shape]:
        shapes = []
        for value in steps:
            at = y(value)
            shapes.append(
                line((self.left, at), (width - self.right, at), "grid" if value else "base")
            )
            shapes.append(text((self.left - 8, at + 4), self.say(value), anchor="end"))
        return shapes

    def _below(self, x: Callable[[float], float], height: int, width: int) -> list[Shape]:
        room = max(1, (width - self.left - self.right) // 64)
        every = -(-len(self.labels) // room)
        return [
            text((x(i), height - 6), label, anchor="start" if i == 0 else "middle")
            for i, label in enumerate(self.labels)
            if i % every == 0
        ]

    def _line(self, points: list[Point], css: str, zero: float | None) -> list[Shape]:
        shapes = [path(points, f"ink {css}".strip()), dot(points[-1], 2.6, f"end {css}".strip())]
        if zero is not None and len(points) > 1:
            under = [(points[0][0], zero), *points, (points[-1][0], zero)]
            shapes.insert(0, path(under, "wash", is_closed=True))
        return shapes


def _apart(ends: list[tuple[float, Shape]], *, gap: float = 14) -> list[Shape]:
    """Names at the line ends, pushed down until none covers another."""
    placed: list[Shape] = []
    lowest = float("-inf")
    for at, shape in sorted(ends, key=lambda end: end[0]):
        lowest = max(at, lowest + gap)
        placed.append(
            Shape(shape.kind, shape.css, {**shape.at, "y": number(lowest + 4)}, shape.words)
        )
    return placed


def sparkline(values: Sequence[float], *, sentence: Words = "") -> Chart:
    """A shape without axes beside a figure that says the number."""
    width, height = 84, 24
    points: list[Point] = []
    if values:
        x = scale(0, max(1, len(values) - 1), 2, width - 4)
        y = scale(min(values), max(values), height - 3, 3)
        points = [(x(i), y(v)) for i, v in enumerate(values)]
    shapes = [path(points, "ink"), dot(points[-1], 2.2, "end")] if len(points) > 1 else []
    drawing = Drawing(width, height, shapes)
    return Chart(sentence=sentence, desk=drawing, phone=drawing)


@dataclass(frozen=True, kw_only=True)
class Bar:
    name: Words
    value: float
    words: Words = ""  # how the value is written; else grouped
    href: str = ""
    hue: str = "blue"
    share: str = "0"  # filled in: of the longest, in percent

    @property
    def said(self) -> Words:
        return self.words or grouped(self.value)


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    bars: list[Bar] = field(default_factory=list)


NO_DRAWING = Drawing(0, 0, [])


def bars(items: Sequence[Bar], *, sentence: Words, head: Words = "") -> BarChart:
    """Horizontal bars from zero; words and numbers are HTML, so each can be a link."""
    top = max((item.value for item in items), default=0) or 1
    drawn = [
        Bar(
            name=item.name,
            value=item.value,
            words=item.words,
            href=item.href,
            hue=item.hue,
            share=number(max(0.0, item.value / top * 100)),
        )
        for item in items
    ]
    return BarChart(
        sentence=sentence,
        desk=NO_DRAWING,
        phone=NO_DRAWING,
        template="ui/charts/bars.html",
        table=Table([head, _("Number")], [[item.name, item.said] for item in items]),
        bars=drawn,
    )


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    """``notes`` say where the rest are: (words, address or ""); ``_href`` leads to who is meant."""

    name: Words
    count: int
    href: str = ""
    change: Words = ""  # against the period before
    rate: Words = ""  # who came from the step before; empty: by the two counts
    rate_href: str = ""
    pace: Words = ""  # time in the step
    pace_href: str = ""
    notes: Sequence[tuple[Words, str]] = ()


@dataclass(frozen=True)
class FunnelRow:
    step: FunnelStep
    count: str
    rate: str  # of those in the step before; "" for the first
    share: str  # of the first step, in percent


@dataclass(frozen=True, kw_only=True)
class FunnelChart(Chart):
    steps: list[FunnelRow] = field(default_factory=list)


def funnel(
    steps: Sequence[FunnelStep], *, sentence: Words, before: Sequence[int] = ()
) -> FunnelChart:
    """Flat steps on one zero line; the slopes between them are those who did not go on."""
    rows = [
        FunnelRow(
            step, grouped(step.count), str(step.rate or _rate(steps, i)), _share(step, steps[0])
        )
        for i, step in enumerate(steps)
    ]
    return FunnelChart(
        sentence=sentence,
        desk=_steps_drawn([step.count for step in steps], list(before)),
        phone=NO_DRAWING,
        template="ui/charts/funnel.html",
        table=Table(
            [_("Stage"), _("Number"), _("Of those before")],
            [[row.step.name, row.count, row.rate] for row in rows],
        ),
        steps=rows,
    )


def _rate(steps: Sequence[FunnelStep], index: int) -> str:
    if index == 0:
        return ""
    earlier = steps[index - 1].count
    return percent(steps[index].count / earlier if earlier else None)


def _share(step: FunnelStep, first: FunnelStep) -> str:
    return number(step.count / first.count * 100 if first.count else 0)


def _steps_drawn(counts: list[int], before: list[int]) -> Drawing:
    height, cell = 132, FULL / max(1, len(counts))
    y = scale(0, max([*counts, *before, 1]), height - 1, 6)
    flat = 0.54 * cell
    shapes = []
    for i, count in enumerate(counts):
        x = i * cell
        shapes.append(rect(x, y(count), flat, height - 1 - y(count), f"ramp{min(i, 5)}"))
        if i + 1 < len(counts):
            corners = [
                (x + flat, y(count)),
                (x + cell, y(counts[i + 1])),
                (x + cell, height - 1),
                (x + flat, height - 1),
            ]
            shapes.append(path(corners, "slope", is_closed=True))
        if i < len(before):
            shapes.append(line((x, y(before[i])), (x + flat, y(before[i])), "was"))
    shapes.append(line((0, height - 0.5), (FULL, height - 0.5), "base"))
    return Drawing(FULL, height, shapes)
