"""How far a long command is, for who looks on at a terminal."""

import sys
from time import monotonic
from typing import Any


class Line:
    """One line that is written over: how far it is, how fast, how long it takes still.

    Nothing where nobody looks on.
    """

    def __init__(self, out: Any, what: str, *, of: int) -> None:
        self.out, self.what, self.of = out, what, of
        self.begun, self.first = monotonic(), 0
        self.is_shown = sys.stdout.isatty()

    def say(self, count: int, *, of: int = 0) -> None:
        self.of = of or self.of
        self.first = self.first or count
        passed = max(monotonic() - self.begun, 0.001)
        rate = count / passed
        left = (self.of - count) / rate if rate else 0
        if self.is_shown:
            words = (
                f"{count:,} of {self.of:,} {self.what}, {rate:,.0f} a second, {_span(left)} left"
            )
            self.out.write(f"\r{words:78}", ending="")
            self.out.flush()

    def end(self) -> None:
        if self.is_shown:
            self.out.write(f"\r{'':78}\r", ending="")


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes}:{rest:02}"
