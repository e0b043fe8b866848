"""From fit and engagement to one of sixteen grades: A1 fits best and does most, D4 neither."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.records.people.rules.grades import DIGITS, GRADES, LETTERS

__all__ = ["DIGITS", "GRADES", "LETTERS", "Bands", "are_bands", "band", "grade_of"]

FIT_BANDS = (30, 20, 10)  # least points of A, B and C; what has fewer is D
ENGAGEMENT_BANDS = (50, 25, 10)  # of 1, 2 and 3; what has fewer is 4


@dataclass(frozen=True, kw_only=True)
class Bands:
    fit: tuple[int, ...] = FIT_BANDS
    engagement: tuple[int, ...] = ENGAGEMENT_BANDS


def band(points: int, *, bands: Sequence[int]) -> int:
    """0 is the best: the first whose least points are reached."""
    return next((place for place, least in enumerate(bands) if points >= least), len(bands))


def grade_of(*, fit: int, engagement: int, bands: Bands) -> str:
    """A1 to D4."""
    letter = LETTERS[band(fit, bands=bands.fit)]
    return letter + DIGITS[band(engagement, bands=bands.engagement)]


def are_bands(bands: Sequence[int]) -> bool:
    """Three whole numbers, each lower than the one before."""
    return len(bands) == 3 and bands[0] > bands[1] > bands[2]
