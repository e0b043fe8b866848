"""How often a customer is spoken with, and on which day next."""

from dataclasses import dataclass
from datetime import date, timedelta

from baton.core.worktime.rules import BusinessHours
from baton.sales.customers.rules.health import Level

DAY = timedelta(days=1)
LOOKED_AHEAD = 400  # days: who never works is asked on the day itself


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Days from one word to the next, by health; ``own``: what was agreed for this customer."""

    well: int
    watch: int
    risk: int
    own: int | None = None
    rule: str = ""  # by which row of the table; "": everybody else's

    def days(self, level: Level) -> int:
        """Who is not well is spoken with sooner, whatever was agreed."""
        usual = self.own if self.own is not None else self.well
        match level:
            case Level.RED:
                return min(usual, self.risk)
            case Level.AMBER:
                return min(usual, self.watch)
            case _:
                return usual


def checkin_on(spoken: date, *, days: int, agreed: date | None, hours: BusinessHours) -> date:
    """The first working day of the owner that many days after the latest word; a day that was
    agreed on counts until somebody spoke with them."""
    wanted = agreed if agreed is not None and agreed > spoken else spoken + days * DAY
    ahead = (wanted + count * DAY for count in range(LOOKED_AHEAD))
    return next((day for day in ahead if hours.stretches_of(day)), wanted)
