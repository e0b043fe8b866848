"""Who came back before the day of their rest, since what the agreement waits for was so."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from baton.core.demo.slots import Bite
from baton.core.facts import publish_many
from baton.marketing.capture.events import VisitMade
from baton.marketing.capture.models import Page
from baton.qualification.handoff.actions import PastHandoff
from baton.qualification.handoff.demo.log import Log, Met
from baton.qualification.handoff.events import PricesSeen
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.rests import condition_words_for_all
from baton.qualification.handoff.rules import After, Lane

VISIT_ENDS = timedelta(minutes=31)  # after its latest page; then it is told
FIRST = timedelta(days=1)  # who looks while they are told no has not come back
LATELY = timedelta(days=30)  # before that nobody asks who looked at prices
BY_PRICES = "no_budget"


def come_back(bite: Bite, plans: list[PastHandoff], *, log: Log) -> Iterator[tuple[Met, int]]:
    """Whoever looked at the prices while they rested: as whom they come, and after which plan."""
    pages: dict[str, Page] = bite.year.cast["pages"]
    title, latest = pages["pricing"].title, bite.year.calendar.latest()
    for place, plan in enumerate(plans):
        if plan.verdict != BY_PRICES or plan.after is not After.LEAD or plan.ended_at is None:
            continue
        until = plan.ended_at + plan.agreement.terms().rest(BY_PRICES)
        seen = _seen(log, plan, title=title, until=min(until, latest - VISIT_ENDS))
        if seen:
            plan.back_at = seen.happened_at + VISIT_ENDS
            found = log.past.explain(plan.person, plan.back_at)
            yield Met(person=plan.person, at=plan.back_at, form=None, found=found), place


def _seen(log: Log, plan: PastHandoff, *, title: str, until: datetime) -> VisitMade | None:
    assert plan.ended_at  # noqa: S101 -- who rests has been told no
    begins = plan.ended_at + FIRST
    for fact in log.touches.get(plan.person.pk, ()):
        is_between = begins < fact.happened_at < until
        if isinstance(fact, VisitMade) and is_between and title in fact.pages:
            return fact
    return None


def returned(plan: PastHandoff, *, met: Met, agreement: Agreement) -> PastHandoff:
    """By their score they come as anybody does; else only because it was agreed."""
    words = condition_words_for_all(agreement.rest_conditions.get(BY_PRICES))
    is_over = met.found.figures.score >= agreement.threshold
    plan.lane = Lane.SCORE if is_over else Lane.REVISIT
    plan.reason = f"Came back because: {words}"
    return plan


def tell_prices(bite: Bite, plans: list[PastHandoff], *, log: Log) -> None:
    """That somebody looked at the prices: of the last weeks, and of who came back by it."""
    title = bite.year.cast["pages"]["pricing"].title
    back = {(one.person.pk, one.back_at - VISIT_ENDS) for one in plans if one.back_at}
    told: dict[tuple[int, str], PricesSeen] = {}
    for person_id, facts in log.touches.items():
        for fact in facts:
            if not isinstance(fact, VisitMade) or title not in fact.pages:
                continue
            at = fact.happened_at
            if at > bite.year.at - LATELY or (person_id, at) in back:
                day = at.astimezone(bite.year.calendar.zone).date().isoformat()
                told.setdefault((person_id, day), _prices(fact))
    publish_many(list(told.values()))


def _prices(fact: VisitMade) -> PricesSeen:
    return PricesSeen(
        happened_at=fact.happened_at,
        person_id=fact.person_id,
        company_id=fact.company_id,
        visit_id=fact.visit_id,
    )
