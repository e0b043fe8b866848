"""A figure's value, as people read it: above the screens, agendas and charts of others write it."""

from datetime import timedelta
from decimal import Decimal

from baton.core.settings.queries import organisation
from baton.core.ui.formats import duration_words, grouped, money, percent, unknown
from baton.insight.goals.queries.figures import Figure, Kind

FROM_TENTHS = 100  # of smaller money the cents are read


def written(figure: Figure, value: Decimal | float | None) -> str:
    """A value of the figure, as people read it."""
    if value is None:
        return unknown()
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if figure.kind is Kind.MONEY:
        whole = round(number, 0) if abs(number) >= FROM_TENTHS else number
        return money(whole, organisation().base_currency)
    if figure.kind is Kind.SHARE:
        return percent(number, decimals=1)
    if figure.kind is Kind.MINUTES:
        return duration_words(timedelta(minutes=float(number)))
    is_whole = number == number.to_integral_value()
    return grouped(number, decimals=0 if is_whole else 1)
