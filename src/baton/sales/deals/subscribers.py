from baton.core.facts import on
from baton.core.money.events import RateChanged, RateRemoved, RateSet
from baton.core.settings.queries import organisation
from baton.sales.deals import actions


@on(RateSet, RateRemoved)
def value_open_deals(fact: RateChanged) -> None:
    """Deals in that currency are worth something else now, or known at last."""
    if fact.base_currency == organisation().base_currency:
        actions.value_deals(currency=fact.currency, on=fact.on, at=fact.happened_at)
