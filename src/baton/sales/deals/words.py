"""How the codes of the rules are called, and days as the organisation counts them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.sales.deals.rules import Attention, Gap, LostReason, StageKind, WonReason
from baton.sales.deals.rules.people import Lack

WON_REASONS: dict[str, Promise] = {
    WonReason.BEST_FIT: _("Best fit for their need"),
    WonReason.PRICE: _("Price"),
    WonReason.RELATIONSHIP: _("They trust us"),
    WonReason.SPEED: _("We were faster"),
    WonReason.PROOF: _("Proof from other customers"),
    WonReason.TERMS: _("Better terms"),
    WonReason.OTHER: _("Something else"),
}
LOST_REASONS: dict[str, Promise] = {
    LostReason.PRICE: _("Price"),
    LostReason.NO_DECISION: _("No decision"),
    LostReason.COMPETITOR: _("Went with a competitor"),
    LostReason.NO_BUDGET: _("No budget"),
    LostReason.NO_NEED: _("No need"),
    LostReason.TIMING: _("Bad timing"),
    LostReason.NO_FIT: _("Something was missing"),
    LostReason.NO_ANSWER: _("No answer any more"),
    LostReason.OTHER: _("Something else"),
    LostReason.UNKNOWN: _("Unknown"),
}
STATES: dict[str, Promise] = {
    StageKind.OPEN: _("Open"),
    StageKind.WON: _("Won"),
    StageKind.LOST: _("Lost"),
}
STATE_HUES: dict[str, str] = {
    StageKind.OPEN: "blue",
    StageKind.WON: "green",
    StageKind.LOST: "gray",
}
ATTENTION_HUES: dict[str, str] = {
    Attention.OVERDUE: "red",
    Attention.STEP_LATE: "red",
    Attention.NO_STEP: "amber",
    Attention.IDLE: "amber",
}
GAPS: dict[Gap, Promise] = {
    Gap.REASON: _("Say why this deal was lost."),
    Gap.UNKNOWN_REASON: _("Choose one of the reasons."),
    Gap.COMPETITOR: _("Name the competitor they went with."),
}
LACKS: dict[Lack, Promise] = {
    Lack.DECISION_MAKER: _("No decision maker known."),
    Lack.OTHERS: _("All hangs on one person."),
}
FIELD_LABELS: dict[str, Promise] = {
    "name": _("Name"),
    "person": _("Person"),
    "company": _("Company"),
    "owner": _("Owner"),
    "qualifier": _("Qualified by"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "close_on": _("Closes on"),
    "next_step": _("Next step"),
    "next_step_on": _("Step due"),
    "reason": _("Reason"),
    "competitor": _("Competitor"),
    "objection": _("Objection"),
    "need": _("Need"),
    "decision_maker": _("Decision maker"),
    "lines": _("Lines"),
    "stage": _("Stage"),
}


def reason_words(reason: str, *, state: str) -> str:
    """The reason of a closed deal in words; a code that we do not know is shown as it is."""
    known = WON_REASONS if state == StageKind.WON else LOST_REASONS
    return str(known.get(reason, reason))


def local_day(at: datetime, *, zone: str | ZoneInfo) -> date:
    """The day it was then in that zone."""
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()
