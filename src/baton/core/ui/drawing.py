"""Shapes of an SVG, as values: one template draws them (ui/charts/drawing.html)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

from django.utils.functional import Promise

Words = str | Promise
Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    kind: str  # rect line path dot text
    css: str
    at: dict[str, str]  # SVG attributes
    words: str = ""


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    shapes: list[Shape]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something that happened: ``at`` is its place among the labels of a trend."""

    at: float
    words: Words
    href: str = ""


def number(value: float) -> str:
    """For an SVG attribute: at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")


def scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: start + (value - low) / ((high - low) or 1) * (end - start)


def rect(x: float, y: float, width: float, height: float, css: str) -> Shape:
    sizes = {"x": x, "y": y, "width": max(0.0, width), "height": max(0.0, height)}
    return Shape("rect", css, {name: number(value) for name, value in sizes.items()})


def line(start: Point, end: Point, css: str) -> Shape:
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return Shape("line", css, {name: number(value) for name, value in ends.items()})


def path(points: Sequence[Point], css: str, *, is_closed: bool = False) -> Shape:
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return Shape("path", css, {"d": f"M{steps}{'Z' if is_closed else ''}"})


def dot(at: Point, radius: float, css: str) -> Shape:
    return Shape("circle", css, {"cx": number(at[0]), "cy": number(at[1]), "r": number(radius)})


def text(at: Point, words: Words, css: str = "", *, anchor: str = "start") -> Shape:
    place = {"x": number(at[0]), "y": number(at[1]), "text-anchor": anchor}
    return Shape("text", f"t {css}".strip(), place, str(words))


def ticks(top: float, *, count: int = 4) -> list[float]:
    """Round steps from 0 to at least ``top``: 0, 50, 100, 150."""
    if top <= 0:
        return [0.0, 1.0]
    rough = top / count
    unit = 10 ** floor(log10(rough))
    step = next(factor * unit for factor in (1, 2, 2.5, 5, 10) if factor * unit >= rough)
    steps = int(-(-top // step))
    return [step * i for i in range(steps + 1)]
