"""How soon leads were answered, and what that did: slots, bands, gaps. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from baton.insight.analytics.rules.figures import cost_each, plus, ratio, win_rate

ENOUGH = 10  # leads of a band, a source or an import before it is compared
HOUR = 1 / 24
NEVER, BEFORE = "never", "before"  # slots without a wait: nobody turned to them; only earlier


class Band(StrEnum):
    """How soon somebody was answered, as an agreement would say it."""

    HOUR = "hour"
    DAY = "day"
    THREE_DAYS = "three_days"
    WEEK = "week"
    LATER = "later"
    NEVER = "never"


# Slots of the histogram with the days they end before; the first two are told by hours alone.
SLOTS: Mapping[str, float | None] = {
    "hour": HOUR,
    "hours": 4 * HOUR,
    "day": 1,
    "two_days": 2,
    "three_days": 3,
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "later": None,
}
OF_HOURS = ("hour", "hours")
BANDS: Mapping[Band, tuple[str, ...]] = {
    Band.HOUR: ("hour",),
    Band.DAY: ("hours", "day"),
    Band.THREE_DAYS: ("two_days", "three_days"),
    Band.WEEK: ("week",),
    Band.LATER: ("fortnight", "month", "later"),
    Band.NEVER: (NEVER,),
}
# What a band allows, in working days; the first in minutes.
WITHIN_DAYS: Mapping[Band, int] = {Band.DAY: 1, Band.THREE_DAYS: 3, Band.WEEK: 5}
WITHIN_HOUR = 60


class Gap(StrEnum):
    """What the data cannot tell."""

    NO_DATES = "no_dates"  # some leads have no day on which they came
    NO_ACTIVITIES = "no_activities"
    DAYS_ONLY = "days_only"  # dates without a time of day
    NO_OWNERS = "no_owners"
    NO_SOURCES = "no_sources"
    NO_DEALS = "no_deals"
    NO_AMOUNTS = "no_amounts"
    NO_COSTS = "no_costs"


def band_of(slot: str) -> Band | None:
    """None: they were turned to only before they came."""
    return next((band for band, slots in BANDS.items() if slot in slots), None)


@dataclass(kw_only=True)
class Answered:
    """Leads of a group, a slot or a band, and what became of them. ``days``: until the first."""

    group: str
    label: str = ""
    group_key: str = ""
    leads: int = 0
    untouched: int = 0
    timed: int = 0
    median_days: float | None = None
    slow_days: float | None = None  # nine in ten needed no longer
    won: int = 0
    lost: int = 0
    priced: int = 0  # with a known amount
    revenue: Decimal | None = None
    owned: int = 0
    sourced: int = 0
    deals: int = 0
    cost_of_lead: Decimal | None = None
    cost: Decimal | None = None  # of the untouched; unknown where the cost of a lead is
    is_costed: int = 0  # untouched ones of whom a cost is known

    @property
    def is_thin(self) -> bool:
        """So few leads that their share says nothing."""
        return self.leads < ENOUGH

    @property
    def untouched_share(self) -> float | None:
        return ratio(self.untouched, self.leads)

    @property
    def won_share(self) -> float | None:
        return ratio(self.won, self.leads)

    @property
    def win_rate(self) -> float | None:
        return win_rate(self.won, self.lost)

    @property
    def money_won(self) -> Decimal | None:
        """Of those who won nothing it is 0; of wins without any amount it is unknown."""
        return Decimal(0) if not self.won and self.revenue is None else self.revenue

    @property
    def won_each(self) -> Decimal | None:
        """Money won for each lead."""
        return cost_each(self.money_won, self.leads)


def in_bands(slots: Iterable[Answered]) -> list[Answered]:
    """The slots added up, in the order of the bands; hours are left out where nobody knows them."""
    found: dict[Band, Answered] = {}
    for slot in slots:
        band = band_of(slot.group)
        if band:
            found[band] = _added(found.get(band) or Answered(group=band), slot)
    return [found[band] for band in Band if band in found]


def _added(one: Answered, other: Answered) -> Answered:
    return replace(
        one,
        leads=one.leads + other.leads,
        untouched=one.untouched + other.untouched,
        timed=one.timed + other.timed,
        won=one.won + other.won,
        lost=one.lost + other.lost,
        priced=one.priced + other.priced,
        revenue=plus(one.revenue, other.revenue),
    )


def best_band(bands: Iterable[Answered]) -> Answered | None:
    """All who were answered within a band or sooner, as who promises it may answer: of the bands
    with enough leads the one by which the largest share bought; of equals the slower, which is
    easier to keep. None while nobody won."""
    sooner = Answered(group="")
    best: Answered | None = None
    for row in bands:
        if row.group != Band.NEVER:
            sooner = replace(_added(sooner, row), group=row.group)
            is_best = not best or (sooner.won_share or 0) >= (best.won_share or 0)
            if is_best and not row.is_thin:
                best = sooner
    return best if best and best.won else None


def times_for(band: Band | None, *, day_minutes: int) -> tuple[int, int] | None:
    """Working minutes to accept, and from there to the first response: together what the band
    allows. None where no time can be promised."""
    if band is Band.HOUR:
        whole = WITHIN_HOUR
    elif band and band in WITHIN_DAYS:
        whole = WITHIN_DAYS[band] * day_minutes
    else:
        return None
    return whole // 2, whole - whole // 2


def best_and_worst(sources: Sequence[Answered]) -> tuple[Answered | None, Answered | None]:
    """By money won, among sources with enough leads and known money; no worst where it is one."""
    known = [row for row in sources if not row.is_thin and row.money_won is not None]
    ranked = sorted(known, key=lambda row: (row.money_won or 0, row.won_each or 0, -row.leads))
    if not ranked or not ranked[-1].money_won:
        return None, None
    return ranked[-1], ranked[0] if len(ranked) > 1 else None


def gaps_of(
    total: Answered, *, is_hourly: bool, undated: int, knows_costs: bool | None
) -> list[Gap]:
    """What cannot be told of these leads; ``knows_costs`` None: the reader may not know."""
    is_worked = total.leads > total.untouched
    found = {
        Gap.NO_DATES: undated > 0,
        Gap.NO_ACTIVITIES: not is_worked,
        Gap.DAYS_ONLY: total.timed > 0 and not is_hourly,
        Gap.NO_OWNERS: not total.owned,
        Gap.NO_SOURCES: not total.sourced,
        Gap.NO_DEALS: not total.deals and not total.won,
        Gap.NO_AMOUNTS: total.won > 0 and not total.priced,
        Gap.NO_COSTS: knows_costs is False,
    }
    if not total.leads:
        return [Gap.NO_DATES] if undated else []
    return [gap for gap, is_so in found.items() if is_so]


def costed(sources: Collection[Answered]) -> tuple[Decimal | None, int]:
    """What the untouched cost as far as that is known, and of how many it is."""
    total: Decimal | None = None
    for row in sources:
        total = plus(total, row.cost)
    return total, sum(row.is_costed for row in sources)
