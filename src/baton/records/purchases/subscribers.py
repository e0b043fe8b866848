from baton.core.facts import on
from baton.core.money.events import RateChanged, RateRemoved, RateSet
from baton.core.settings.queries import organisation
from baton.records.purchases import actions


@on(RateSet, RateRemoved)
def value_orders(fact: RateChanged) -> None:
    """Orders in that currency are worth something else now, or known at last."""
    if fact.base_currency == organisation().base_currency:
        actions.value_orders(currency=fact.currency, on=fact.on)
