"""Weeks, and whether something went worse in one by more than luck. No database, no clock."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import comb
from typing import Any
from uuid import UUID

WEEK = timedelta(days=7)
PAST = 12  # weeks that one is compared with
RARE = 0.2  # a difference that luck makes less often than so is told


class Kind(StrEnum):
    """What is written down in a review."""

    MINUTE = "minute"
    DECISION = "decision"
    TASK = "task"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of an agenda; ``rows`` name records, which those alone read who see everybody's.

    ``tells`` is the field of deals whose values the words repeat: who may not see it reads no line.
    """

    words: str
    value: str
    url: str = ""
    hue: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    tells: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    title: str
    lines: list[Item]

    def plain(self) -> dict[str, Any]:
        """As it is kept when the review ends."""
        return asdict(self)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, kw_only=True)
class Turned:
    """Of a campaign, or of a rep: how many went badly, this week and in the weeks before.

    ``group`` tells whose they are, ``name`` what it is called.
    """

    group: str | UUID
    name: str = ""
    bad: int
    all: int
    bad_before: int
    all_before: int

    @property
    def share(self) -> float | None:
        return self.bad / self.all if self.all else None

    @property
    def share_before(self) -> float | None:
        return self.bad_before / self.all_before if self.all_before else None

    @property
    def luck(self) -> float | None:
        """How often as many bad ones or more would fall on this week by luck (Fisher's exact
        test, one side); None without something to compare."""
        if not self.all or not self.all_before:
            return None
        return at_least(
            self.bad,
            drawn=self.all,
            marked=self.bad + self.bad_before,
            of=self.all + self.all_before,
        )

    @property
    def is_worse(self) -> bool:
        share, before, luck = self.share, self.share_before, self.luck
        is_known = share is not None and before is not None and luck is not None
        return is_known and (share or 0) > (before or 0) and (luck or 0) < RARE


def at_least(hits: int, *, drawn: int, marked: int, of: int) -> float:
    """That so many of ``drawn`` are marked, or more, where ``marked`` of all are."""
    ways = sum(
        comb(marked, one) * comb(of - marked, drawn - one)
        for one in range(hits, min(drawn, marked) + 1)
    )
    return ways / comb(of, drawn)
