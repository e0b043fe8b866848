from baton.core.facts import on
from baton.core.money.events import RateSet
from baton.core.settings.queries import organisation
from baton.sales.deals import actions


@on(RateSet)
def value_open_deals(fact: RateSet) -> None:
    """Open deals in that currency are worth something else now."""
    if fact.base_currency == organisation().base_currency:
        actions.value_open_deals(currency=fact.currency, at=fact.happened_at)
