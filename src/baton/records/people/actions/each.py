"""Make many at once; when one is refused, it alone is."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from baton.core.errors import RuleViolation

New = TypeVar("New")
Made = TypeVar("Made")


def make_each(
    new: Sequence[New], make: Callable[[Sequence[New]], Sequence[Made]]
) -> list[Made | RuleViolation]:
    """What became of each, in order: what was made of it, or why it was refused. ``make`` makes
    all of them or, on a refusal, none; then each half is made for itself."""
    if not new:
        return []
    try:
        return list(make(new))
    except RuleViolation as no:
        if len(new) == 1:
            return [no]
        middle = len(new) // 2
        return [*make_each(new[:middle], make), *make_each(new[middle:], make)]
