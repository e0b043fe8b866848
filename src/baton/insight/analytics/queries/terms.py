"""The agreement that the rates of last year propose. Nobody signs anything here."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from baton.core.calendars.queries import hours_of
from baton.insight.analytics.queries.last_year import LastYear
from baton.insight.analytics.rules import ratio
from baton.insight.analytics.rules.last_year import Answered, Band, best_band, times_for
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.rules import Goal, Proposal, propose, step_rates

DAYS_OF_MONTH = 365 / 12


@dataclass(frozen=True, kw_only=True)
class ProposedTerms:
    """``times``: working minutes to accept, and from there to the first response. ``is_agreed``:
    goal and share are those of the agreement in force, else what these leads won in a month."""

    band: Band | None
    times: tuple[int, int] | None
    goal: Goal | None
    is_agreed: bool
    rates: tuple[Fraction | None, ...]
    mql_count: int
    arithmetic: Proposal | None

    def values(self) -> dict[str, int]:
        """By the names of the agreement's own terms."""
        found: dict[str, int] = {}
        if self.times:
            found["accept_minutes"], found["respond_minutes"] = self.times
        if self.goal:
            found["revenue_goal"] = self.goal.revenue
            found["marketing_share"] = self.goal.share
            found["average_deal"] = self.goal.average_deal
        if self.arithmetic:
            found["mqls_a_month"] = self.arithmetic.mqls
        return found


def proposed_terms(report: LastYear) -> ProposedTerms:
    """Times by the band within which most bought, MQLs a month by goal and measured rates."""
    agreement = agreement_in_force()
    agreed = agreement.goal() if agreement else None
    goal = _goal(report, agreed)
    rates = step_rates(report.reached)
    best = best_band(report.bands)
    band = Band(best.group) if best else None
    return ProposedTerms(
        band=band,
        times=times_for(band, day_minutes=_day_minutes()),
        goal=goal,
        is_agreed=agreed is not None,
        rates=rates,
        mql_count=report.reached[0],
        arithmetic=propose(goal, rates=rates) if goal else None,
    )


def _goal(report: LastYear, agreed: Goal | None) -> Goal | None:
    """The average deal is measured where amounts are known; a goal that nobody agreed on is what
    these leads won in a month, all of it marketing's."""
    average = _average(report.total)
    if agreed:
        return Goal(
            revenue=agreed.revenue,
            share=agreed.share,
            average_deal=average or agreed.average_deal,
        )
    asked, revenue = report.question, report.total.revenue
    if not average or not revenue or asked.from_on is None or asked.to_on is None:
        return None
    months = ((asked.to_on - asked.from_on).days + 1) / DAYS_OF_MONTH
    a_month = round(revenue / Decimal(max(months, 1)))
    return Goal(revenue=a_month, share=100, average_deal=average) if a_month else None


def _average(total: Answered) -> int | None:
    """What who won was worth."""
    each = ratio(total.revenue, total.priced)
    return round(each) or None if each and each > 0 else None


def _day_minutes() -> int:
    """The company's working day, as a rule."""
    days = hours_of(None).weekly.days
    spans = [sum(span.closes - span.opens for span in day) for day in days if day]
    return round(mean(spans)) if spans else 0
