"""How the codes of the rules are called."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from baton.sales.customers.rules import Gives, Handover, Promise

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
