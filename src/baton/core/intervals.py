"""How sure a share is that was counted."""

from math import sqrt


def wilson(reached: int, of: int, *, z: float) -> tuple[float, float]:
    """Between which shares the true one lies, by the score interval of Wilson (1927), which stays
    within 0 and 1 and holds for small numbers.

    ``z``: standard deviations of a normal distribution, 1.96 for 95 %. Of none: from 0 to 1.
    """
    if of < 1:
        return 0.0, 1.0
    share, square = reached / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
