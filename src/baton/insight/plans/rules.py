"""What a plan says, and whether what it assumes is off by more than luck. No database, no clock."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from math import sqrt
from typing import Any

from baton.core.intervals import wilson

SURE = 1.959963984540054  # standard deviations that hold 95 % of a normal distribution
LEAST = 10  # of fewer nothing is said


class Assumed(StrEnum):
    """What a plan takes for granted, by the name of the figure that measures it."""

    LEAD_TO_MQL = "lead_to_mql"
    MQL_TO_SQL = "mql_to_sql"
    SQL_TO_CUSTOMER = "sql_to_customer"
    AVERAGE_DEAL = "average_deal"
    COST_PER_MQL = "cost_per_mql"


# So long each one is followed: who came yesterday has not had the time to go on.
FOLLOWED: Mapping[Assumed, timedelta] = {
    Assumed.LEAD_TO_MQL: timedelta(days=28),
    Assumed.MQL_TO_SQL: timedelta(days=28),
    Assumed.SQL_TO_CUSTOMER: timedelta(days=91),
}


@dataclass(frozen=True, kw_only=True)
class Target:
    figure: str
    target: Decimal


@dataclass(frozen=True, kw_only=True)
class Budget:
    """For a campaign (by its key), else for a whole channel."""

    channel: str = ""
    campaign: str = ""
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Launch:
    what: str
    on: date
    owner: str = ""  # a user's key


@dataclass(frozen=True, kw_only=True)
class Terms:
    """All that is signed."""

    targets: tuple[Target, ...] = ()
    budget: tuple[Budget, ...] = ()
    launches: tuple[Launch, ...] = ()
    assumptions: Mapping[str, Decimal] = field(default_factory=dict)
    mqls: int | None = None
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is kept: numbers and days as text, so that nothing is rounded on the way."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return kept


def read_terms(kept: Mapping[str, Any]) -> Terms:
    """The other way round."""
    return Terms(
        targets=tuple(
            Target(figure=one["figure"], target=Decimal(one["target"])) for one in kept["targets"]
        ),
        budget=tuple(Budget(**{**one, "amount": Decimal(one["amount"])}) for one in kept["budget"]),
        launches=tuple(
            Launch(**{**one, "on": date.fromisoformat(one["on"])}) for one in kept["launches"]
        ),
        assumptions={name: Decimal(one) for name, one in kept["assumptions"].items()},
        mqls=kept["mqls"],
        note=kept["note"],
    )


def digest_of(edition: int, kept: Mapping[str, Any]) -> str:
    """Stands for exactly these terms: who signs or changes says by it what they have read."""
    read = json.dumps({"edition": edition, "terms": kept}, sort_keys=True)
    return sha256(read.encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Between ``low`` and ``high`` the true figure lies in 95 of 100 cases; ``of``: how many."""

    value: Decimal
    low: Decimal
    high: Decimal
    of: int


def share_of(hits: int, of: int) -> Measured | None:
    """Wilson's score interval; None of none."""
    if not of:
        return None
    low, high = wilson(hits, of, z=SURE)
    return _measured(Decimal(hits) / of, low, high, of)


def mean_of(count: int, total: float, squares: float) -> Measured | None:
    """Of amounts, by their number, sum and sum of squares; None of fewer than two."""
    if count < 2:
        return None
    mean = total / count
    spread = sqrt(max(0.0, (squares - total * mean) / (count - 1)))
    half = SURE * spread / sqrt(count)
    return _measured(Decimal(str(mean)), mean - half, mean + half, count)


def cost_of(cost: Decimal | None, count: int) -> Measured | None:
    """What is spent is known, how many come for it varies (Poisson, by its score interval)."""
    if cost is None or not count:
        return None
    middle, half = count + SURE**2 / 2, SURE * sqrt(count + SURE**2 / 4)
    spent = float(cost)
    return _measured(cost / count, spent / (middle + half), spent / (middle - half), count)


def _measured(value: Decimal, low: float, high: float, of: int) -> Measured:
    return Measured(value=value, low=Decimal(str(low)), high=Decimal(str(high)), of=of)


def is_off(assumed: Decimal, measured: Measured | None) -> bool:
    """By more than luck: ten or more are known, and it lies outside their range."""
    if measured is None or measured.of < LEAST:
        return False
    return not measured.low <= assumed <= measured.high
