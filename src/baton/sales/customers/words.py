"""How the codes of the rules are called."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baton.sales.customers.rules import (
    ChurnReason,
    Gives,
    Handover,
    Level,
    Promise,
    Reason,
    Sign,
    Whose,
    read_reasons,
)

HANDOVERS: dict[str, Lazy] = {
    Handover.WAITING: _("To be taken over"),
    Handover.ACCEPTED: _("First call due"),
    Handover.DONE: _("Handed over"),
    Handover.NONE: _("Without handover"),
}
HANDOVER_HUES: dict[str, str] = {
    Handover.WAITING: "amber",
    Handover.ACCEPTED: "blue",
    Handover.DONE: "green",
    Handover.NONE: "gray",
}
PROMISES: dict[str, Lazy] = {
    Promise.ACCEPT: _("Taken over too late"),
    Promise.CALL: _("First call too late"),
}
GIVES: dict[str, Lazy] = {
    Gives.TURNS: _("The customer owner who has the fewest customers"),
    Gives.ONE: _("One colleague"),
    Gives.SELLER: _("Who sold to them"),
}
WHOSE: dict[str, Lazy] = {
    Whose.OWNER: _("Owner"),
    Whose.SELLER: _("Seller"),
    Whose.CUSTOMER: _("Customer"),
}
LEVELS: dict[str, Lazy] = {
    Level.GREEN: _("Well"),
    Level.AMBER: _("Watch"),
    Level.RED: _("At risk"),
    Level.GRAY: _("Gone"),
}
SIGNS: dict[str, Lazy] = {
    Sign.HANDOVER: _("Handover late"),
    Sign.STEPS: _("Onboarding step late"),
    Sign.QUIET: _("No word for long"),
    Sign.ISSUE: _("Issue open"),
    Sign.RENEWAL: _("Renewal without a next step"),
}
CHURN: dict[str, Lazy] = {
    ChurnReason.PRICE: _("Too dear"),
    ChurnReason.NO_USE: _("Hardly used it"),
    ChurnReason.MISSING: _("Something was missing"),
    ChurnReason.SERVICE: _("Not content with us"),
    ChurnReason.COMPETITOR: _("Went to a competitor"),
    ChurnReason.CLOSED: _("Need or company is gone"),
    ChurnReason.OTHER: _("Something else"),
}


def reason_words(reason: Reason) -> str:
    """One reason as a sentence that names its figure."""
    n = reason.number
    match reason.sign:
        case Sign.STEPS:
            return ngettext("%(n)d step late", "%(n)d steps late", n) % {"n": n}
        case Sign.QUIET:
            return ngettext("no word for %(n)d day", "no word for %(n)d days", n) % {"n": n}
        case Sign.ISSUE:
            return ngettext("issue open for %(n)d day", "issue open for %(n)d days", n) % {"n": n}
        case Sign.RENEWAL:
            words = ngettext(
                "renewal in %(n)d day, no next step", "renewal in %(n)d days, no next step", n
            )
            return words % {"n": n}
        case _:
            return str(SIGNS[reason.sign])


def reasons_in_words(text: str) -> list[tuple[str, str]]:
    """(words, hue) of each reason that a row keeps."""
    return [(reason_words(one), one.level.value) for one in read_reasons(text)]
