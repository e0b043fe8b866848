from datetime import datetime

from baton.core.facts import ACTS, Fact, Side, Touch, on, on_batch
from baton.core.money.events import RateChanged, RateRemoved, RateSet
from baton.core.settings.queries import organisation
from baton.qualification.handoff import actions as handoff
from baton.qualification.handoff.events import TakenOver
from baton.qualification.lifecycle.actions import derive_companies
from baton.sales.deals import actions
from baton.sales.deals.events import (
    DealChanged,
    DealDeleted,
    DealGiven,
    DealLost,
    DealMoved,
    DealOpened,
    DealReopened,
    DealRestored,
    DealWon,
)

OURS = frozenset({Touch.ATTEMPT, Touch.FIRST_RESPONSE})


@on_batch(*(DealOpened, DealWon, DealLost, DealReopened, DealChanged, DealDeleted, DealRestored))
def follow_deals(facts: list[Fact]) -> None:
    """A company is as far as the furthest of its deals, too."""
    companies = {fact.company_id for fact in facts if fact.company_id}
    if companies:
        derive_companies(company_ids=companies, at=max(fact.happened_at for fact in facts))


@on_batch(
    *(DealOpened, DealMoved, DealWon, DealLost, DealReopened),
    *(DealChanged, DealGiven, DealDeleted, DealRestored),
    origins=ACTS,
)
def keep_clocks(facts: list[Fact]) -> None:
    """The agreement's clocks of the deal, and whose the answers to its buyer are."""
    deals = {fact.deal_id for fact in facts if fact.deal_id}
    actions.keep_clocks(deal_ids=deals, at=max(fact.happened_at for fact in facts))
    people = {fact.person_id for fact in facts if fact.person_id}
    handoff.follow_answerers(person_ids=people)


@on_batch(Fact, origins=ACTS)
def note_touches(facts: list[Fact]) -> None:
    """A talk, a mail, a meeting, a message: the deal does not lie idle. A visit is none."""
    people: dict[int, datetime] = {}
    deals: dict[int, datetime] = {}
    for fact in facts:
        if not _is_touch(fact):
            continue
        for known, pk in ((people, fact.person_id), (deals, fact.deal_id)):
            if pk:
                known[pk] = max(fact.happened_at, known.get(pk, fact.happened_at))
    if people or deals:
        actions.note_touches(people=people, deals=deals)


def _is_touch(fact: Fact) -> bool:
    """Ours, what they wrote, and the meeting that they booked."""
    is_sales = fact.touch is Touch.THEIRS and fact.side is Side.SALES
    return fact.touch in OURS or fact.awaits_reply or is_sales


@on(TakenOver, origins=ACTS)
def give_with_person(fact: TakenOver) -> None:
    """Whoever takes over whom an SDR qualified takes over the deals that the SDR has with them."""
    if fact.person_id:
        actions.give_deals_of(
            person_id=fact.person_id,
            former_id=fact.handed_by_id,
            owner_id=fact.rep_id,
            at=fact.happened_at,
        )


@on(RateSet, RateRemoved)
def value_open_deals(fact: RateChanged) -> None:
    """Deals in that currency are worth something else now, or known at last."""
    if fact.base_currency == organisation().base_currency:
        actions.value_deals(currency=fact.currency, on=fact.on, at=fact.happened_at)
