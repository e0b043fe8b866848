"""Who is content is asked for a review or a referral: what may come of it, and when again."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

MONTHS = 12


class FavourKind(StrEnum):
    """What somebody is asked for."""

    REVIEW = "review"
    REFERRAL = "referral"


class FavourOutcome(StrEnum):
    """What came of it; "" while nobody knows."""

    REVIEWED = "reviewed"
    REFERRED = "referred"
    DECLINED = "declined"


GRANTED: Mapping[FavourKind, FavourOutcome] = {
    FavourKind.REVIEW: FavourOutcome.REVIEWED,
    FavourKind.REFERRAL: FavourOutcome.REFERRED,
}


def fits(kind: str, outcome: str) -> bool:
    """A review is not referred, a referral not reviewed."""
    return outcome in {FavourOutcome.DECLINED, GRANTED[FavourKind(kind)]}


def months_before(at: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last one of a shorter month."""
    year, month = divmod(at.year * MONTHS + at.month - 1 - months, MONTHS)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)
