"""How the stages are called until the company says otherwise, and how figures are written."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.ui.formats import grouped
from baton.insight.journey.rules import Care, Code, Stall

NAMES: dict[Code, Promise] = {
    Code.PROBLEM: gettext_lazy("Knows the problem"),
    Code.SOLUTION: gettext_lazy("Looks for a solution"),
    Code.COMPARING: gettext_lazy("Compares products"),
    Code.DECISION: gettext_lazy("Decides"),
    Code.CUSTOMER: gettext_lazy("Customer"),
}
QUESTIONS: dict[Code, Promise] = {
    Code.PROBLEM: gettext_lazy("What goes wrong here, and what does it cost us?"),
    Code.SOLUTION: gettext_lazy("How do others solve this?"),
    Code.COMPARING: gettext_lazy("Which product fits us, and who can prove it?"),
    Code.DECISION: gettext_lazy("Is it worth the price and the risk?"),
    Code.CUSTOMER: gettext_lazy("Do we get what we were promised?"),
}
CARES: dict[Care, Promise] = {
    Care.MARKETING: gettext_lazy("Marketing cares"),
    Care.SALES: gettext_lazy("Sales cares"),
    Care.BOTH: gettext_lazy("Both care"),
}
CARE_HUES = {Care.MARKETING: "violet", Care.SALES: "teal", Care.BOTH: "blue"}
FIGURES: dict[str, Promise] = {
    "here": gettext_lazy("In it now"),
    "entered": gettext_lazy("Entered"),
    "gone": gettext_lazy("Left"),
    "went_on": gettext_lazy("Went on"),
    "timed": gettext_lazy("Time spent, median"),
    "long": gettext_lazy("Longer than usual"),
}


def days_words(days: float) -> str:
    """41 days; less than a day is told to a tenth."""
    if days < 1:
        return _("%(n)s days") % {"n": grouped(days, decimals=1)}
    whole = round(days)
    return ngettext("%(n)s day", "%(n)s days", whole) % {"n": grouped(whole)}


def stall_words(stall: Stall) -> str:
    """Why this is where they stall."""
    said = {"days": days_words(stall.days), "others": days_words(stall.others)}
    return _("Half of them stay %(days)s or longer; in the other stages %(others)s.") % said
