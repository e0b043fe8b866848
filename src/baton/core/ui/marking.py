"""What happened, marked on a trend: a numbered line in the drawing, the words in a list below."""

from collections.abc import Sequence
from dataclasses import replace

from baton.core.ui.charts import BOTTOM, LEFT, RIGHT, TOP, Chart
from baton.core.ui.drawing import Drawing, Mark, Shape, line, scale, text


def marked(chart: Chart, marks: Sequence[Mark], *, of: int) -> Chart:
    """A trend of ``of`` labels with its marks, the earliest first."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    if not ordered:
        return chart
    return replace(
        chart,
        desk=_drawn(chart.desk, ordered, of),
        phone=_drawn(chart.phone, ordered, of),
        marks=ordered,
    )


def _drawn(drawing: Drawing, marks: Sequence[Mark], of: int) -> Drawing:
    x = scale(0, max(1, of - 1), LEFT, drawing.width - RIGHT)
    shapes: list[Shape] = []
    for place, mark in enumerate(marks, 1):
        at = x(mark.at)
        shapes.append(line((at, TOP), (at, drawing.height - BOTTOM), "mark"))
        shapes.append(text((at + 3, TOP + 8), str(place), "mark"))
    return replace(drawing, shapes=[*drawing.shapes, *shapes])
