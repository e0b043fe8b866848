"""What is moved, and of whom."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from baton.core.facts import Origin
from baton.qualification.lifecycle.rules import rank

IMPORT = "import"


class NewMove(NamedTuple):
    """One person's move. ``owner_id`` is whose they were then; empty takes today's owner.

    Where many are moved at once by different ones, ``origin`` and ``batch`` are those of the fact
    that caused it, ``cause`` is its name, ``by_id`` who did it.
    """

    person_id: int
    to_stage: str
    at: datetime
    is_back: bool = False
    owner_id: int | None = None
    fact_id: int | None = None
    reason: str = ""
    origin: Origin = Origin.LIVE
    batch: UUID | None = None
    cause: str = ""
    by_id: int | None = None

    @property
    def came_by(self) -> tuple[object, ...]:
        """What is the same of all moves of one import."""
        return self.fact_id, self.reason, self.origin, self.batch, self.cause, self.by_id


class Standing(NamedTuple):
    """What of a person is looked at here: whose they are, and what they show."""

    pk: int
    company_id: int | None
    owner_id: int | None
    stage: str = ""
    stage_at: datetime | None = None
    lead_at: datetime | None = None


def by_time(move: NewMove) -> tuple[datetime, bool, int]:
    """The order in which moves are taken."""
    return move.at, move.is_back, rank(move.to_stage)
