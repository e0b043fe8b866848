"""How people write the hours of a day: "09:00-12:30, 13:30-17:30", or nothing for a day off."""

import re

from baton.core.errors import Word, gettext_noop
from baton.core.worktime.rules.weeks import BadHours, Span, check_day, clock_of

LONGEST = 120  # characters
_TIME = r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?"
SPAN = re.compile(rf"{_TIME} ?(?:-|–|—|to) ?{_TIME}", re.ASCII)


def read_day(text: str, *, name: str) -> tuple[Span, ...]:
    """The spans that somebody wrote for the day called ``name``; none for a day off.

    Raises BadHours.
    """
    parts = [part for part in re.split(r"[,;]", " ".join(text.split())) if part.strip()]
    spans = tuple(sorted(_read_span(part.strip(), text=text, name=name) for part in parts))
    check_day(spans, name=name)
    return spans


def write_day(spans: tuple[Span, ...]) -> str:
    """As people read it, and as read_day takes it."""
    return ", ".join(f"{clock_of(span.opens)}–{clock_of(span.closes)}" for span in spans)


def _read_span(part: str, *, text: str, name: str) -> Span:
    match = SPAN.fullmatch(part) if len(text) <= LONGEST else None
    if not match:
        raise BadHours(
            gettext_noop(
                "%(day)s: “%(text)s” cannot be read. Write hours like 09:00-12:30, 13:30-17:30."
            ),
            day=Word(name),
            text=part[:20],
        )
    opens, past, closes, late = (int(group or 0) for group in match.groups())
    return Span(opens * 60 + past, closes * 60 + late)
