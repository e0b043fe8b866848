"""The order of the stages, which moves count, and what a history says. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple


class Stage(StrEnum):
    """From first interest to vouching for us; ``other`` will never buy."""

    SUBSCRIBER = "subscriber"
    LEAD = "lead"
    MQL = "mql"
    SAL = "sal"
    SQL = "sql"
    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"
    EVANGELIST = "evangelist"
    OTHER = "other"


ORDER: Final = tuple(Stage)[:-1]
RANKS: Final[Mapping[str, int]] = {stage: place for place, stage in enumerate(ORDER)}
BOUGHT: Final = frozenset({Stage.CUSTOMER, Stage.EVANGELIST})
HANDOFF: Final = frozenset({Stage.MQL, Stage.SAL})  # stages that only a handoff gives
SELF_SERVE: Final = frozenset({"purchase.made", "subscription.started"})  # causes: no rep needed
NOT_INFERRED: Final = Stage.SUBSCRIBER  # who was found by sales never subscribed to anything


def rank(stage: str) -> int:
    """Place in the order; ``other`` and unknown stages rank below all (-1)."""
    return RANKS.get(stage, -1)


def furthest(stages: Iterable[str]) -> str:
    """The one that lies highest; "" of none."""
    return max(stages, key=rank, default="")


def move(current: str, *, to: str, is_back: bool = False) -> str | None:
    """The stage after the move; None when it does not count. ``current`` is empty for a newcomer.

    A forward move never lowers a stage and never ends in ``other``; a backward one only lowers it.
    """
    target = Stage(to)
    if target == current:
        return None
    if not current:
        return target
    if target == Stage.OTHER:
        return target if is_back else None
    is_higher = rank(target) > rank(current)
    return target if is_higher != is_back and rank(target) != rank(current) else None


def is_backward(current: str, *, to: str) -> bool:
    """Whether somebody who moves a person by hand from here to there moves them back."""
    return to == Stage.OTHER or (bool(current) and rank(to) < rank(current))


@dataclass(frozen=True, kw_only=True)
class Change:
    """One move as far as the rules need it."""

    id: int  # later ones were recorded later
    to_stage: str
    at: datetime
    is_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """A change in its place in the history. ``is_overtaken``: a further stage has an earlier date,
    so this one tells when the stage was reached and moves nothing."""

    change: Change
    from_stage: str
    is_overtaken: bool


def chain(changes: Iterable[Change]) -> list[Link]:
    """The history in order of time, however it arrived, each link hanging on the one before."""
    links: list[Link] = []
    current = ""
    for change in _in_order(changes):
        after = move(current, to=change.to_stage, is_back=change.is_back)
        links.append(Link(change=change, from_stage=current, is_overtaken=after is None))
        current = after or current
    return links


def standing(links: Sequence[Link]) -> Change | None:
    """The change that made the present stage; None for a person without history."""
    return next((link.change for link in reversed(links) if not link.is_overtaken), None)


def counts(history: Iterable[Change], change: Change) -> bool:
    """Whether a move counts at its time, whatever else was recorded of later ones."""
    before = standing(chain(one for one in history if _precedes(one, change)))
    current = before.to_stage if before else ""
    return move(current, to=change.to_stage, is_back=change.is_back) is not None


def _precedes(one: Change, other: Change) -> bool:
    """Of one instant, lower stages and steps back come first."""
    if one.at != other.at:
        return one.at < other.at
    return other.is_back or one.is_back or rank(one.to_stage) < rank(other.to_stage)


class Step(NamedTuple):
    """A move of somebody without a history, the ``instant`` being counted from their first."""

    to_stage: str
    is_back: bool
    instant: int


class Begun(NamedTuple):
    """What steps make of nobody's history; of a link, ``change.id`` is the place of its step.
    ``standing`` and ``lead`` are those of the present stage and of the first that is one."""

    links: tuple[Link, ...]
    standing: int | None
    lead: int | None


FIRST_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=2048)
def begun(steps: tuple[Step, ...]) -> Begun:
    """Of steps in their order. Thousands in one file bring the same ones: worked out once."""
    kept: list[Change] = []
    for place, step in enumerate(steps):
        at = FIRST_INSTANT + timedelta(seconds=step.instant)
        change = Change(id=place, to_stage=step.to_stage, at=at, is_back=step.is_back)
        if step not in steps[:place] and counts(kept, change):
            kept.append(change)
    links = chain(kept)
    present = standing(links)
    leads = [link.change.id for link in links if rank(link.change.to_stage) >= rank(Stage.LEAD)]
    return Begun(tuple(links), present.id if present else None, next(iter(leads), None))


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """By time; of one instant, what was recorded first comes first, but forward moves by rank.

    A form makes a lead and an MQL at the same instant, and the MQL may be recorded first.
    """
    recorded = sorted(changes, key=lambda change: (change.at, change.id))
    ordered: list[Change] = []
    for (_at, is_back), run in groupby(recorded, key=lambda change: (change.at, change.is_back)):
        same = list(run)
        ordered += same if is_back else sorted(same, key=lambda change: rank(change.to_stage))
    return ordered


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Stages that a person has been in, and those that follow from them."""

    recorded: frozenset[Stage]
    inferred: frozenset[Stage]

    def __contains__(self, stage: str) -> bool:
        return stage in self.recorded or stage in self.inferred


def reached(
    stages: Iterable[str],
    *,
    origin: str,
    is_self_serve: bool = False,
    is_win_undone: bool = False,
) -> Reached:
    """Who reached a stage counts for those before it, from ``lead`` on; the inferred are named.

    A person of origin ``sales``, and one who only bought by themself, is never inferred as MQL or
    SAL: no marketing qualified them and nobody accepted them. Whose win was undone is no customer,
    but was an opportunity (docs/reports.md).
    """
    recorded = frozenset(Stage(stage) for stage in stages)
    furthest = max(map(rank, recorded), default=-1)
    if is_win_undone and Stage.CUSTOMER in recorded:
        recorded -= {Stage.CUSTOMER}
        furthest = max(*map(rank, recorded), rank(Stage.OPPORTUNITY))
    skips = HANDOFF if origin == "sales" or is_self_serve else frozenset()
    below = frozenset(ORDER[: furthest + 1]) - {NOT_INFERRED}
    return Reached(recorded=recorded, inferred=below - recorded - skips)
