"""How the parts of a plan are called and written."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, money, percent, unknown
from baton.insight.plans.queries import Check
from baton.insight.plans.rules import FOLLOWED, Assumed, Measured

ASSUMED: dict[str, Promise] = {
    Assumed.LEAD_TO_MQL: gettext_lazy("Leads who become an MQL within 28 days"),
    Assumed.MQL_TO_SQL: gettext_lazy("MQLs who become an SQL within 28 days"),
    Assumed.SQL_TO_CUSTOMER: gettext_lazy("SQLs who become a customer within 91 days"),
    Assumed.AVERAGE_DEAL: gettext_lazy("Average deal won"),
    Assumed.COST_PER_MQL: gettext_lazy("Cost per MQL"),
}


def value_words(name: str, value: Decimal | None) -> str:
    if value is None:
        return unknown()
    if name in FOLLOWED:
        return percent(value, decimals=1)
    return money(round(value, 0), organisation().base_currency)


def measured_words(name: str, found: Measured | None) -> str:
    """21 % of 140, likely 15 % to 28 %."""
    if found is None:
        return unknown()
    said = {
        "value": value_words(name, found.value),
        "of": grouped(found.of),
        "low": value_words(name, found.low),
        "high": value_words(name, found.high),
    }
    return _("%(value)s of %(of)s, likely %(low)s to %(high)s") % said


def off_words(check: Check) -> str:
    return _("%(assumed)s assumed, %(measured)s") % {
        "assumed": value_words(check.name, check.value),
        "measured": measured_words(check.name, check.now),
    }
