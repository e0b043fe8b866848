"""How goals, their figures and their states are called and written on screens."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.insight.analytics.queries import period_words
from baton.insight.analytics.rules import Period
from baton.insight.goals.queries import Figure, Kind, written
from baton.insight.goals.rules import Span, State, Unit

UNITS: dict[str, Promise] = {
    Unit.MONTH: gettext_lazy("Month"),
    Unit.QUARTER: gettext_lazy("Quarter"),
    Unit.YEAR: gettext_lazy("Year"),
}
STATES: dict[str, Promise] = {
    State.REACHED: gettext_lazy("Reached"),
    State.ON_PACE: gettext_lazy("On pace"),
    State.CLOSE: gettext_lazy("Just below"),
    State.BEHIND: gettext_lazy("Behind"),
    State.MISSED: gettext_lazy("Missed"),
    State.COMING: gettext_lazy("To come"),
    State.UNKNOWN: gettext_lazy("Unknown"),
}
PACES: dict[str, Promise] = {  # of what is counted up day by day
    State.CLOSE: gettext_lazy("Just below pace"),
    State.BEHIND: gettext_lazy("Behind pace"),
}
HUES = {
    State.REACHED: "green",
    State.ON_PACE: "green",
    State.CLOSE: "amber",
    State.BEHIND: "red",
    State.MISSED: "red",
    State.COMING: "gray",
    State.UNKNOWN: "gray",
}


def between(figure: Figure, low: float, high: float) -> str:
    """120 to 140."""
    small, large = (_rounded(figure, one) for one in (low, high))
    if small == large:
        return small
    return _("%(low)s to %(high)s") % {"low": small, "high": large}


def _rounded(figure: Figure, value: Decimal | float) -> str:
    return written(figure, round(value) if figure.kind is Kind.COUNT else value)


def about(figure: Figure, value: Decimal | float) -> str:
    """What is reckoned, not counted: no tenths of people."""
    return _rounded(figure, value)


def span_words(span: Span) -> str:
    """Q4 2026."""
    return period_words(Period(span.first, span.last))
