"""What a figure that adds up will come to by the end of its period, and how sure that is.

What is there by now, and for the working days that are left: open deals by what they are likely to
bring, where the figure is won money; the rate of the latest working days, times the season, for the
rest. Variances add up; the range holds eight of ten outcomes of a normal distribution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

from baton.insight.goals.rules.chance import EIGHTY, chance_of

LEAST_DAYS = 10  # working days on record below which no rate is told
LEAST_EVENTS = 30  # in each window of the year before, else a season is luck
CALMEST, BUSIEST = 0.5, 2.0  # beyond, the year before was another company


@dataclass(frozen=True)
class Rate:
    """A working day's mean and variance, over so many of the latest ones."""

    mean: float
    variance: float
    days: int


@dataclass(frozen=True)
class Season:
    """By how much the days that are left were busier than the latest ones, a year before."""

    factor: float = 1.0
    is_known: bool = False


@dataclass(frozen=True)
class OpenDeal:
    """What may still be won in the period: amount, and probability from 0 to 1."""

    amount: float
    probability: float


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """``by_deals`` and ``by_rate`` come on top of ``done``; ``rate_days``: for how many of the days
    left the rate speaks."""

    done: float
    by_deals: float
    by_rate: float
    rate_days: float
    value: float
    low: float
    high: float
    chance: float | None = None  # of reaching the target


def rate_of(daily: Sequence[float]) -> Rate | None:
    """None while too few days are on record."""
    if len(daily) < LEAST_DAYS:
        return None
    return Rate(fmean(daily), variance(daily), len(daily))


def season_of(*, then: Sequence[float], before: Sequence[float], events: tuple[int, int]) -> Season:
    """From the same days a year ago: those that are left now (``then``), and the latest ones
    (``before``); ``events`` counted in each."""
    if min(events) < LEAST_EVENTS or not then or not before or fmean(before) <= 0:
        return Season()
    factor = fmean(then) / fmean(before)
    return Season(min(BUSIEST, max(CALMEST, factor)), is_known=True)


def foretell(
    *,
    done: float,
    rate: Rate | None,
    season: Season,
    days_left: int,
    deals: Sequence[OpenDeal] = (),
    cycle_days: float | None = None,
    target: float | None = None,
) -> Forecast | None:
    """None where neither a rate nor a deal says anything of the days that are left.

    ``cycle_days``: working days from opening to winning; what is won sooner is open today, so the
    rate speaks for the days beyond alone. None: for all of them, and deals for none.
    """
    uses_deals = cycle_days is not None
    shown = deals if uses_deals else ()
    beyond = max(0.0, days_left - cycle_days) if cycle_days is not None else float(days_left)
    if rate is None and beyond > 0 and not shown:
        return None
    by_deals = sum(one.amount * one.probability for one in shown)
    spread = sum(one.amount**2 * one.probability * (1 - one.probability) for one in shown)
    by_rate = 0.0
    if rate and beyond > 0:
        by_rate = rate.mean * beyond * season.factor
        own = beyond * rate.variance + beyond**2 * rate.variance / rate.days
        spread += own * season.factor**2
    value, half = done + by_deals + by_rate, EIGHTY * sqrt(spread)
    return Forecast(
        done=done,
        by_deals=by_deals,
        by_rate=by_rate,
        rate_days=beyond,
        value=value,
        low=max(done, value - half),
        high=value + half,
        chance=_chance(target, value=value, done=done, spread=spread),
    )


def _chance(target: float | None, *, value: float, done: float, spread: float) -> float | None:
    if target is None:
        return None
    return 1.0 if done >= target else chance_of(target, mean=value, variance=spread)
