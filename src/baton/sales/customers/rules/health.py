"""How well a customer is, and why: the worst of its reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

LONG_LATE = 14  # days that a step is late until it is bad
LONG_ISSUE = 7  # days that an issue is open until it is bad
CRITICAL, HARSH = 6, 3  # of NPS: would not recommend us, and by far
NEAR, VERY_NEAR = 90, 30  # days to the end of a contract for which nothing is planned


class Level(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GRAY = "gray"  # they do not go on


class Sign(StrEnum):
    """What speaks against their being well; a name of these is stored."""

    HANDOVER = "handover"
    STEPS = "steps"
    QUIET = "quiet"
    ISSUE = "issue"
    RENEWAL = "renewal"
    NPS = "nps"


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What is known of one customer today."""

    is_handover_late: bool = False
    late_steps: int = 0
    latest_days: int = 0  # that the oldest of them is late
    quiet_days: int = 0  # since somebody spoke with them
    issue_days: int | None = None  # None: no issue is open
    renewal_days: int | None = None  # to the end of the contract, where nothing is planned for it
    nps: int | None = None  # their latest answer within a year
    is_gone: bool = False


@dataclass(frozen=True)
class Reason:
    """``number``: of days or steps, or a score, as the sign's words tell it."""

    sign: Sign
    level: Level
    number: int = 0


@dataclass(frozen=True)
class Health:
    reasons: tuple[Reason, ...] = field(default=())
    is_gone: bool = False

    @property
    def level(self) -> Level:
        if self.is_gone:
            return Level.GRAY
        levels = {reason.level for reason in self.reasons}
        return next((one for one in (Level.RED, Level.AMBER) if one in levels), Level.GREEN)

    def written(self) -> str:
        """As the row keeps it: ``steps:amber:2 issue:red:9``."""
        parts = (f"{one.sign}:{one.level}:{one.number}" for one in self.reasons)
        return " ".join(parts)


def health_of(signs: Signs, *, quiet_after: int) -> Health:
    """Green without a reason, gray who is gone; the reasons that are worst come first."""
    found = sorted(_reasons(signs, quiet_after), key=lambda one: one.level is not Level.RED)
    return Health(tuple(found), signs.is_gone)


def read_reasons(text: str) -> list[Reason]:
    """What ``written`` wrote; signs of another version are left out."""
    parts = (one.split(":") for one in text.split())
    return [
        Reason(Sign(sign), Level(level), int(number))
        for sign, level, number in parts
        if sign in set(Sign)
    ]


def _reasons(signs: Signs, quiet_after: int) -> Iterable[Reason]:
    if signs.is_gone:
        return  # nothing is owed to who does not go on
    if signs.is_handover_late:
        yield Reason(Sign.HANDOVER, Level.AMBER)
    if signs.late_steps:
        level = Level.RED if signs.latest_days > LONG_LATE else Level.AMBER
        yield Reason(Sign.STEPS, level, signs.late_steps)
    if signs.issue_days is not None:
        level = Level.RED if signs.issue_days > LONG_ISSUE else Level.AMBER
        yield Reason(Sign.ISSUE, level, signs.issue_days)
    if signs.renewal_days is not None and signs.renewal_days <= NEAR:
        level = Level.RED if signs.renewal_days <= VERY_NEAR else Level.AMBER
        yield Reason(Sign.RENEWAL, level, signs.renewal_days)
    if signs.nps is not None and signs.nps <= CRITICAL:
        level = Level.RED if signs.nps <= HARSH else Level.AMBER
        yield Reason(Sign.NPS, level, signs.nps)
    yield from _quiet(signs.quiet_days, quiet_after)


def _quiet(days: int, quiet_after: int) -> Iterator[Reason]:
    if days > quiet_after:
        level = Level.RED if days > 2 * quiet_after else Level.AMBER
        yield Reason(Sign.QUIET, level, days)
