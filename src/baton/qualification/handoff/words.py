"""How codes are said: lanes, states, verdicts, how a round came about and how it ended."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.roles import LABELS as ROLES
from baton.core.access.roles import Role
from baton.core.offers import Label
from baton.qualification.handoff.models import Clock, Handoff
from baton.qualification.handoff.rules import (
    UNREACHABLE,
    Choice,
    ClockKind,
    Ended,
    Gives,
    Kind,
    Lane,
    Outcome,
    ReplyKind,
    Side,
    State,
)

LANES: Mapping[str, Label] = {
    Lane.HAND_RAISE: gettext_lazy("Hand-raise"),
    Lane.SCORE: gettext_lazy("Score"),
    Lane.REVISIT: gettext_lazy("To be asked again"),
    Lane.QUALIFIED: gettext_lazy("Qualified by an SDR"),
}
KINDS: Mapping[str, Label] = {
    Kind.MARKETING: gettext_lazy("Marketing to sales"),
    Kind.EXECUTIVE: gettext_lazy("SDR to AE"),
    Kind.OWNER: gettext_lazy("AE to customer owner"),
}
SIDES: Mapping[str, Label] = {
    Side.MARKETING: gettext_lazy("Marketing"),
    Side.SALES: gettext_lazy("Sales"),
    Side.CUSTOMERS: gettext_lazy("Customer owners"),
}
SIGN_FOR: Mapping[str, Label] = {
    Side.MARKETING: gettext_lazy("Sign for marketing"),
    Side.SALES: gettext_lazy("Sign for sales"),
    Side.CUSTOMERS: gettext_lazy("Sign for the customer owners"),
}
GIVES: Mapping[str, Label] = {
    Gives.TURNS: gettext_lazy("The customer owner who has the fewest customers"),
    Gives.ONE: gettext_lazy("One colleague"),
    Gives.SELLER: gettext_lazy("Who sold to them"),
}
STATES: Mapping[str, Label] = {
    State.OFFERED: gettext_lazy("Offered"),
    State.ACCEPTED: gettext_lazy("Accepted"),
    State.REJECTED: gettext_lazy("Rejected"),
    State.QUALIFIED: gettext_lazy("Need confirmed"),
    State.DISQUALIFIED: gettext_lazy("Disqualified"),
    State.UNREACHABLE: gettext_lazy("Unreachable"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
}
STATE_HUES: Mapping[str, str] = {
    State.OFFERED: "amber",
    State.ACCEPTED: "blue",
    State.QUALIFIED: "green",
    State.REJECTED: "red",
    State.DISQUALIFIED: "red",
}
REASONS: Mapping[str, Label] = {
    "bad_data": gettext_lazy("Bad data"),
    "duplicate": gettext_lazy("Duplicate"),
    "existing_customer": gettext_lazy("Existing customer"),
    "not_a_buyer": gettext_lazy("Student, competitor, supplier"),
    "wrong_territory": gettext_lazy("Wrong territory"),
    "no_fit": gettext_lazy("No fit"),
    "opted_out": gettext_lazy("Opted out"),
    "bad_timing": gettext_lazy("Bad timing"),
    "need_unclear": gettext_lazy("Need not clear yet"),
    "wrong_contact": gettext_lazy("Wrong person to talk to"),
    "no_meeting": gettext_lazy("Did not come to the meeting"),
    "no_need": gettext_lazy("No need"),
    "no_budget": gettext_lazy("No budget"),
    "no_authority": gettext_lazy("No authority"),
    "competitor": gettext_lazy("Went with a competitor"),
}
REPLIES: Mapping[str, Label] = {
    ReplyKind.MENDED: gettext_lazy("Mended"),
    ReplyKind.DISPUTED: gettext_lazy("Disputed"),
    ReplyKind.AGREED: gettext_lazy("Agreed"),
}
REPLY_HUES: Mapping[str, str] = {
    ReplyKind.MENDED: "green",
    ReplyKind.DISPUTED: "amber",
    ReplyKind.AGREED: "gray",
}
CHOICES: Mapping[str, Label] = {
    Choice.RECYCLE: gettext_lazy("Wanted to ask again"),
    Choice.OWNER: gettext_lazy("Owner of the person"),
    Choice.ACCOUNT: gettext_lazy("Owner of the company"),
    Choice.NAMED: gettext_lazy("Named account"),
    Choice.TERRITORY: gettext_lazy("Territory"),
    Choice.CONDITION: gettext_lazy("Rule"),
    Choice.TURNS: gettext_lazy("Everybody's turn"),
    Choice.ESCALATED: gettext_lazy("Passed on by a pool"),
    Choice.CATCH_ALL: gettext_lazy("Catch-all queue"),
    "by_hand": gettext_lazy("By hand"),
}
OUTCOMES: Mapping[str, Label] = {
    "": gettext_lazy("Waits for an answer"),
    Outcome.ACCEPTED: gettext_lazy("Accepted"),
    Outcome.REJECTED: gettext_lazy("Rejected"),
    Outcome.REDIRECTED: gettext_lazy("Other territory"),
    Outcome.SILENCE: gettext_lazy("No answer in time"),
    Outcome.MOVED: gettext_lazy("Passed on"),
    Outcome.WITHDRAWN: gettext_lazy("Withdrawn"),
}
OUTCOME_HUES: Mapping[str, str] = {
    "": "amber",
    Outcome.ACCEPTED: "green",
    Outcome.REJECTED: "red",
    Outcome.REDIRECTED: "amber",
    Outcome.SILENCE: "red",
}
CLOCKS: Mapping[str, Label] = {
    ClockKind.REPLY: gettext_lazy("Answer due"),
    ClockKind.IDLE: gettext_lazy("Deal lies idle"),
    ClockKind.STEP: gettext_lazy("Next step due"),
}
CLOCK_FIGURES: Mapping[ClockKind, Label] = {
    ClockKind.REPLY: gettext_lazy("Messages answered"),
    ClockKind.IDLE: gettext_lazy("Deals kept moving"),
    ClockKind.STEP: gettext_lazy("Deals with a next step"),
}
ENDS: Mapping[str, Label] = {
    Ended.ANSWERED: gettext_lazy("Done"),
    Ended.CLOSED: gettext_lazy("Deal closed"),
    Ended.WITHDRAWN: gettext_lazy("Withdrawn"),
}
RESTS: Mapping[str, Label] = {UNREACHABLE: gettext_lazy("Unreachable")}


def reason_label(code: str) -> Label:
    """A verdict's reason in words; what is not ours as it stands."""
    return REASONS.get(code) or RESTS.get(code, code)


def answer_words(answer: str) -> Label:
    """Accepted, or why a lead was turned down."""
    return STATES.get(answer) or reason_label(answer)


def state_words(handoff: Handoff) -> Label:
    """Where it stands; an executive qualifies nobody anew, they open a deal."""
    if handoff.is_to_executive:
        own = {
            State.QUALIFIED: gettext_lazy("Deal open"),
            State.REJECTED: gettext_lazy("Turned down"),
        }
        if words := own.get(State(handoff.state)):
            return words
    return STATES.get(handoff.state, handoff.state)


def no_form(code: str) -> str:
    """Of a form that the agreement names and nobody made yet, or somebody threw away."""
    return _("%(code)s (no such form)") % {"code": code}


def role_label(role: str) -> Label:
    """Who is told of a late lead."""
    return ROLES[Role(role)]


def verdict_words(code: str) -> str:
    """The same as text, for those who report on handoffs."""
    return str(reason_label(code))


def clock_words(clock: Clock) -> str:
    """Since when it runs, and what for."""
    since = date_format(localtime(clock.since), "j M H:i")
    if clock.kind == ClockKind.REPLY:
        count = ngettext("wrote on %(since)s", "%(n)s messages since %(since)s", clock.count)
        return count % {"n": clock.count, "since": since}
    day = date_format(localtime(clock.since), "j M")
    if clock.kind == ClockKind.IDLE:
        return _("no touch and no move since %(day)s") % {"day": day}
    if clock.since > now():
        return _("the step's day is %(day)s") % {"day": day}
    return _("no next step after %(day)s") % {"day": day}
