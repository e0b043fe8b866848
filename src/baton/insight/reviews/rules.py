"""Weeks, and whether something went worse in one by more than luck. No database, no clock."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from math import comb, fsum
from typing import Any
from uuid import UUID

WEEK = timedelta(days=7)
PAST = 12  # weeks that one is compared with
RARE = 0.2  # a difference that luck makes less often than so is told
OF_SOMEBODY = "names"  # what a line tells that is about one colleague or team
NOTHING = 1e-20  # beside the first of a sum: what comes after it is not in its digits


class Kind(StrEnum):
    """What is written down in a review."""

    MINUTE = "minute"
    DECISION = "decision"
    TASK = "task"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of an agenda; ``rows`` name records, which those alone read who see everybody's.

    ``tells`` are the fields of deals whose values the words repeat: who may not see one of them
    reads no line; ``OF_SOMEBODY``: once it is kept, those alone read it who see everybody's.
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

    @cached_property
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
        share, before = self.share, self.share_before
        if share is None or before is None or share <= before:
            return False
        return self.luck is not None and self.luck < RARE


def at_least(hits: int, *, drawn: int, marked: int, of: int) -> float:
    """That so many of ``drawn`` are marked, or more, where ``marked`` of all are."""
    least, most = max(0, drawn + marked - of), min(drawn, marked)
    if hits <= least:
        return 1.0
    if hits > most:
        return 0.0
    # From the middle outwards each is less likely than the one before it: the side on which there
    # are fewer is summed, and ends where the next adds nothing that a float can hold.
    if hits * of > drawn * marked:
        return _tail(hits, most, 1, drawn=drawn, marked=marked, of=of)
    return 1.0 - _tail(hits - 1, least, -1, drawn=drawn, marked=marked, of=of)


def _tail(first: int, last: int, step: int, *, drawn: int, marked: int, of: int) -> float:
    """The chances from ``first`` to ``last``, each from the one before: of a large house each by
    itself is a number of thousands of digits."""
    chance = comb(marked, first) * comb(of - marked, drawn - first) / comb(of, drawn)
    parts = [chance]
    for one in range(first, last, step):
        low = min(one, one + step)
        more = (marked - low) * (drawn - low)
        fewer = (low + 1) * (of - marked - drawn + low + 1)
        chance *= more / fewer if step > 0 else fewer / more
        if chance <= parts[0] * NOTHING:
            break
        parts.append(chance)
    return fsum(parts)
