"""What a model is about, how far it is, and what people add to their company."""

from collections.abc import Sequence
from enum import StrEnum


class About(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    DEAL = "deal"


class State(StrEnum):
    DRAFT = "draft"  # can be tried; gives nobody points
    LIVE = "live"
    RETIRED = "retired"  # a former version: can be put back


class People(StrEnum):
    """What the scores of its people give a company."""

    NONE = ""
    BEST = "best"  # of the one with the most
    TOP = "top"  # of the best so many, together
    SUM = "sum"


MOST_COUNTED = 500  # people of one company; the best first


def counted_people(scores: Sequence[int], *, how: str, top: int) -> list[int]:
    """The scores that count, best first. Nobody takes away from what others give."""
    best = sorted((score for score in scores if score > 0), reverse=True)
    limits = {People.BEST: 1, People.TOP: top, People.SUM: MOST_COUNTED}
    return best[: limits.get(People(how), 0)]


def within_cap(total: int, *, cap: int | None) -> int:
    """What they give it at most."""
    return total if cap is None else min(cap, total)
