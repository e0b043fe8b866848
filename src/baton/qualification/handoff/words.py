"""How codes are said: lanes, states, verdicts, and a routing decision read back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.roles import LABELS as ROLES
from baton.core.access.roles import Role
from baton.core.offers import Label
from baton.qualification.handoff.rules import UNREACHABLE, Choice, Lane, ReplyKind, State, Why

LANES: Mapping[str, Label] = {
    Lane.HAND_RAISE: gettext_lazy("Hand-raise"),
    Lane.SCORE: gettext_lazy("Score"),
    Lane.REVISIT: gettext_lazy("To be asked again"),
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
RESTS: Mapping[str, Label] = {UNREACHABLE: gettext_lazy("Unreachable")}


def reason_label(code: str) -> Label:
    """A verdict's reason in words; what is not ours as it stands."""
    return REASONS.get(code) or RESTS.get(code, code)


def role_label(role: str) -> Label:
    """Who is told of a late lead."""
    return ROLES[Role(role)]


def verdict_words(code: str) -> str:
    """The same as text, for those who report on handoffs."""
    return str(reason_label(code))


@dataclass(frozen=True)
class Line:
    """One rule that was tried: did it decide, and what it found."""

    words: str
    is_hit: bool = False


# What became of a rule that did not decide; of one that did.
_MISSED: Mapping[tuple[str, str], Label] = {
    (Choice.RECYCLE, Why.NONE): gettext_lazy("Nobody wanted to ask them again"),
    (Choice.OWNER, Why.NONE): gettext_lazy("No owner yet"),
    (Choice.ACCOUNT, Why.NONE): gettext_lazy("No owner of the company"),
    (Choice.CONDITION, Why.NO_MATCH): gettext_lazy("%(name)s: does not fit"),
    (Choice.CONDITION, Why.NOBODY): gettext_lazy("%(name)s: nobody is free"),
    (Choice.TURNS, Why.NONE): gettext_lazy("No pool for everybody"),
    (Choice.TURNS, Why.NOBODY): gettext_lazy("%(name)s: nobody is free"),
    (Choice.CATCH_ALL, Why.ASKED): gettext_lazy("As many were silent as agreed"),
}
_HIT: Mapping[str, Label] = {
    Choice.RECYCLE: gettext_lazy("%(name)s wanted to ask again"),
    Choice.OWNER: gettext_lazy("%(name)s owns this person"),
    Choice.ACCOUNT: gettext_lazy("%(name)s owns the company"),
    Choice.CONDITION: gettext_lazy("%(name)s: fits"),
    Choice.TURNS: gettext_lazy("%(name)s takes turns"),
    Choice.CATCH_ALL: gettext_lazy("Nobody is free: waits in the queue"),
}
_NOT_FREE: Mapping[str, Label] = {
    Why.UNABLE: gettext_lazy("%(name)s answers no leads any more"),
    Why.NO_LOGIN: gettext_lazy("%(name)s cannot sign in"),
    Why.AWAY: gettext_lazy("%(name)s is away"),
    Why.FULL: gettext_lazy("%(name)s has enough open leads"),
    Why.ASKED: gettext_lazy("%(name)s was asked and stayed silent"),
    Why.LEFT_OUT: gettext_lazy("%(name)s turned this person down before"),
}


def decision_lines(decision: Mapping[str, Any], *, reader_id: int | None = None) -> list[Line]:
    """Why the lead came to whom it came, rule by rule, in the order in which they were tried."""
    if decision.get("rule") == "by_hand":
        return [Line(_("%(who)s gave it by hand") % {"who": decision.get("by", "")}, is_hit=True)]
    tried = [_step(step, decided=decision["rule"]) for step in decision.get("tried", [])]
    return [*tried, *_turn(decision, reader_id=reader_id)]


def _step(step: Mapping[str, str], *, decided: str) -> Line:
    rule, why, name = step["rule"], step["why"], {"name": step["name"]}
    if (rule, why) in _MISSED:
        return Line(str(_MISSED[rule, why]) % name, is_hit=rule == decided)
    if why in _NOT_FREE:
        return Line(str(_NOT_FREE[why]) % name)
    return Line(str(_HIT[rule]) % name, is_hit=True)


def _turn(decision: Mapping[str, Any], *, reader_id: int | None) -> Iterator[Line]:
    """Whose turn it was, and how the others stood."""
    members = decision.get("members", [])
    chosen = next((one for one in members if one["id"] == decision["rep_id"]), None)
    if chosen is None:
        return
    given = sum(one["today"] for one in members) + 1
    words = _("%(name)s's turn: %(mine)d of %(all)d today")
    if chosen["id"] == reader_id:
        words = _("Your turn: %(mine)d of %(all)d today")
    told = {"name": chosen["name"], "mine": chosen["today"] + 1, "all": given}
    yield Line(words % told, is_hit=True)
    for other in members:
        if other is chosen:
            continue
        if other["why"] in _NOT_FREE:
            yield Line(str(_NOT_FREE[other["why"]]) % {"name": other["name"]})
        else:
            words = _("%(name)s: %(count)d today")
            yield Line(words % {"name": other["name"], "count": other["today"]})
