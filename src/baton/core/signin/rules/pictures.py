"""A QR code as the path of an SVG: no script, no file, no other site draws it."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around it, says the standard


@dataclass(frozen=True)
class Picture:
    size: int  # modules, with the quiet zone
    path: str


def picture_of(text: str) -> Picture:
    code = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=QUIET)]
    runs = [run for y, row in enumerate(rows) for run in _runs(row, y)]
    return Picture(len(rows), "".join(runs))


def _runs(row: list[int], y: int) -> list[str]:
    """Dark modules that touch are one rectangle: a third of the text."""
    found, x = [], 0
    while x < len(row):
        width = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
        if width:
            found.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width or 1
    return found
