"""A routing decision read back: which rules were tried, who was free, why this one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.languages import language_name
from baton.core.offers import Label
from baton.qualification.handoff.rules import Asked, Choice, Why

NAMED_AT_MOST = 3  # of the rules that did not fit


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
    (Choice.NAMED, Why.NONE): gettext_lazy("No named account"),
    (Choice.NAMED, Why.NOBODY): gettext_lazy("Named account %(name)s: nobody is free"),
    (Choice.TERRITORY, Why.NONE): gettext_lazy("In no territory"),
    (Choice.TERRITORY, Why.NOBODY): gettext_lazy("Territory %(name)s: nobody is free"),
    (Choice.ESCALATED, Why.NOBODY): gettext_lazy("Passed on to %(name)s: nobody is free"),
    (Choice.CATCH_ALL, Why.NOBODY): gettext_lazy("Nobody took it from the queue in time"),
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
    Choice.NAMED: gettext_lazy("Named account: %(name)s"),
    Choice.TERRITORY: gettext_lazy("Lies in %(name)s"),
    Choice.ESCALATED: gettext_lazy("Passed on to %(name)s"),
    Choice.CONDITION: gettext_lazy("%(name)s: fits"),
    Choice.TURNS: gettext_lazy("%(name)s takes turns"),
    Choice.CATCH_ALL: gettext_lazy("Nobody is free: waits in the queue"),
}
_NARROWED: Mapping[tuple[str, str], Label] = {
    (Asked.LANGUAGE, Why.FREE): gettext_lazy("Asked among those who speak %(name)s"),
    (Asked.LANGUAGE, Why.NOBODY): gettext_lazy(
        "Nobody who is free speaks %(name)s: any of them is asked"
    ),
    (Asked.SKILL, Why.FREE): gettext_lazy("Asked among those who know %(name)s"),
    (Asked.SKILL, Why.NOBODY): gettext_lazy(
        "Nobody who is free knows %(name)s: any of them is asked"
    ),
    (Asked.WORKING, Why.FREE): gettext_lazy("Asked among those who work now"),
    (Asked.WORKING, Why.NOBODY): gettext_lazy("Nobody works now: any of them is asked"),
}
_NOT_FREE: Mapping[str, Label] = {
    Why.UNABLE: gettext_lazy("%(name)s answers no leads any more"),
    Why.NO_LOGIN: gettext_lazy("%(name)s cannot sign in"),
    Why.AWAY: gettext_lazy("%(name)s is away"),
    Why.FULL: gettext_lazy("%(name)s has enough open leads"),
    Why.DAY_FULL: gettext_lazy("%(name)s has had enough leads today"),
    Why.TURNED_DOWN: gettext_lazy("%(name)s said that it lies in another territory"),
    Why.OTHER: gettext_lazy("%(name)s is free, but others fit better"),
    Why.ASKED: gettext_lazy("%(name)s was asked and stayed silent"),
    Why.LEFT_OUT: gettext_lazy("%(name)s turned this person down before"),
}


def decision_lines(decision: Mapping[str, Any], *, reader_id: int | None = None) -> list[Line]:
    """Why the lead came to whom it came, rule by rule, in the order in which they were tried."""
    if decision.get("rule") == "by_hand":
        return list(_by_hand(decision))
    tried = [_step(step, decided=decision["rule"]) for step in decision.get("tried", [])]
    return [*tried, *_turn(decision, reader_id=reader_id)]


def _by_hand(decision: Mapping[str, Any]) -> Iterator[Line]:
    yield Line(_("%(who)s gave it by hand") % {"who": decision.get("by", "")}, is_hit=True)
    if reason := decision.get("reason"):
        yield Line(_("Because: %(reason)s") % {"reason": reason})


def _step(step: Mapping[str, Any], *, decided: str) -> Line:
    rule, why, name = step["rule"], step["why"], {"name": step["name"]}
    if names := step.get("names"):
        return Line(_misses(names))
    if (rule, why) in _NARROWED:
        said = language_name(step["name"]) if rule == Asked.LANGUAGE else step["name"]
        return Line(str(_NARROWED[rule, why]) % {"name": said})
    if why == Why.PULLED:
        words = _("Lies in the queue of %(name)s until one of them takes it")
        return Line(words % name, is_hit=True)
    if why == Why.UNCLAIMED:
        return Line(_("%(name)s: nobody took it in time") % name)
    if (rule, why) in _MISSED:
        return Line(str(_MISSED[rule, why]) % name, is_hit=rule == decided)
    if why in _NOT_FREE:
        return Line(str(_NOT_FREE[why]) % name)
    return Line(str(_HIT[rule]) % name, is_hit=True)


def _misses(names: list[str]) -> str:
    """Some of them by name, for nobody reads hundreds."""
    shown = ", ".join(names[:NAMED_AT_MOST])
    if len(names) <= NAMED_AT_MOST:
        return _("Do not fit: %(names)s") % {"names": shown}
    words = _("%(count)d rules do not fit: %(names)s and others")
    return words % {"count": len(names), "names": shown}


def _turn(decision: Mapping[str, Any], *, reader_id: int | None) -> Iterator[Line]:
    """Whose turn it was, and how the others stood."""
    members = decision.get("members", [])
    chosen = next((one for one in members if one["id"] == decision["rep_id"]), None)
    if chosen is None:
        return
    given = sum(one["today"] for one in members) + 1
    words = _("%(name)s's turn: %(mine)d of %(all)d that day")
    if chosen["id"] == reader_id:
        words = _("Your turn: %(mine)d of %(all)d that day")
    told = {"name": chosen["name"], "mine": chosen["today"] + 1, "all": given}
    yield Line(words % told, is_hit=True)
    for other in members:
        if other is chosen:
            continue
        if other["why"] in _NOT_FREE:
            yield Line(str(_NOT_FREE[other["why"]]) % {"name": other["name"]})
        else:
            words = _("%(name)s: %(count)d that day")
            yield Line(words % {"name": other["name"], "count": other["today"]})
