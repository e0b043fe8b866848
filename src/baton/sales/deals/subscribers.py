from baton.core.facts import Fact, on, on_batch
from baton.core.money.events import RateChanged, RateRemoved, RateSet
from baton.core.settings.queries import organisation
from baton.qualification.lifecycle.actions import derive_companies
from baton.sales.deals import actions
from baton.sales.deals.events import (
    DealChanged,
    DealDeleted,
    DealLost,
    DealOpened,
    DealReopened,
    DealRestored,
    DealWon,
)


@on_batch(*(DealOpened, DealWon, DealLost, DealReopened, DealChanged, DealDeleted, DealRestored))
def follow_deals(facts: list[Fact]) -> None:
    """A company is as far as the furthest of its deals, too."""
    companies = {fact.company_id for fact in facts if fact.company_id}
    if companies:
        derive_companies(company_ids=companies, at=max(fact.happened_at for fact in facts))


@on(RateSet, RateRemoved)
def value_open_deals(fact: RateChanged) -> None:
    """Deals in that currency are worth something else now, or known at last."""
    if fact.base_currency == organisation().base_currency:
        actions.value_deals(currency=fact.currency, on=fact.on, at=fact.happened_at)
