"""Trials of a draft: states, how long one takes still, and what a draft does otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

DAYS = (30, 90, 180, 365)
USUAL_DAYS = 90
A_MONTH = 30  # days: what "a month" means where figures of spans are compared
Terms = Mapping[str, Any]  # rules and bands, as a trial keeps them


class TrialState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Who(StrEnum):
    """Whom a trial parts, by who would have been handed off."""

    USED = "used"  # by the version in use
    DRAFT = "draft"
    BOTH = "both"
    GAINED = "gained"  # by the draft only
    LOST = "lost"  # by the version in use only


@dataclass(frozen=True, kw_only=True)
class Pace:
    """``left`` seconds; None while nothing can be said yet."""

    share: float
    facts_a_second: int
    left: float | None


def pace_of(*, done: int, total: int | None, seconds: float) -> Pace:
    """How far, how fast, and for how long still."""
    speed = done / seconds if seconds > 0 else 0
    share = min(1.0, done / total) if total else 0.0
    left = max(0, total - done) / speed if total and speed else None
    return Pace(share=share, facts_a_second=round(speed), left=left)


class Moved(StrEnum):
    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """``was`` and ``now`` hold what differs; of a rule that is new or gone all of it."""

    moved: Moved
    name: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]


def changes_between(used: Terms, draft: Terms) -> Iterator[RuleChange]:
    """What a draft does otherwise than the version in use, rule by rule; by their names."""
    had = _by_name(used["rules"])
    for key, now in _by_name(draft["rules"]).items():
        was = had.pop(key, None)
        if was is None:
            yield RuleChange(moved=Moved.ADDED, name=key[0], was={}, now=now)
        elif differing := [name for name in now if now[name] != was.get(name)]:
            yield RuleChange(
                moved=Moved.CHANGED,
                name=key[0],
                was={name: was.get(name) for name in differing},
                now={name: now[name] for name in differing},
            )
    for (name, _number), was in had.items():
        yield RuleChange(moved=Moved.GONE, name=name, was=was, now={})


def _by_name(
    rules: Sequence[Mapping[str, Any]],
) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Of several that are called the same, the first, the second ..."""
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for rule in rules:
        number = sum(name == rule["name"] for name, _number in found)
        found[str(rule["name"]), number] = rule
    return found


def passing(peaks: Mapping[int, int], starts: Mapping[int, int], *, least: int) -> int:
    """How many came over a threshold: were lifted to it, and did not begin there already."""
    lifted = sum(count for score, count in peaks.items() if score >= least)
    return lifted - sum(count for score, count in starts.items() if score >= least)


def least_for(peaks: Mapping[int, int], starts: Mapping[int, int], *, most: float) -> int | None:
    """The lowest threshold from which on upwards never more than so many pass; None: nobody does.

    Looked for from above: a very low one lets few pass as well, for all began over it.
    """
    highest = max((score for score in peaks if score > 0), default=0)
    if not highest:
        return None
    passed, least = 0, highest + 1
    for at in range(highest, 0, -1):
        passed += peaks.get(at, 0) - starts.get(at, 0)
        if passed > most:
            break
        least = at
    return least
