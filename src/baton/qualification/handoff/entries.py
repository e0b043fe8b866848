"""How the facts of the handoff look on a timeline, and what rules call them."""

from collections.abc import Sequence
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.queries import names_of
from baton.core.offers import Telling, TimelineEntry, Trigger
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff import events
from baton.qualification.handoff.words import CLOCKS, LANES, REPLIES, answer_words, reason_label


def tell_offers(facts: Sequence[events.HandoffOffered]) -> dict[int, Telling]:
    names = names_of(fact.rep_id for fact in facts)
    return {
        fact.id: Telling(
            title=_("Offered to %(who)s") % {"who": names.get(fact.rep_id) or _("the queue")},
            detail=_("Round %(number)d") % {"number": fact.round} if fact.round > 1 else "",
        )
        for fact in facts
    }


def tell_silence(facts: Sequence[events.HandoffEscalated]) -> dict[int, Telling]:
    names = names_of(fact.rep_id for fact in facts)
    return {
        fact.id: Telling(
            title=_("%(who)s did not answer in time") % {"who": names.get(fact.rep_id, "")}
        )
        for fact in facts
    }


def tell_redirections(facts: Sequence[events.HandoffRedirected]) -> dict[int, Telling]:
    names = names_of(fact.rep_id for fact in facts)
    return {
        fact.id: Telling(
            title=_("%(who)s: lies in another territory") % {"who": names.get(fact.rep_id, "")},
            detail=", ".join(filter(None, [fact.territory, fact.note])),
        )
        for fact in facts
    }


def _late(words: str, *, is_late: bool) -> str:
    return _("%(words)s, late") % {"words": words} if is_late else words


def _until(fact: events.PersonRecycled | events.RestChanged) -> str:
    until = parse_datetime(fact.until)
    day = date_format(until.astimezone(organisation_zone()), "j M Y") if until else ""
    if fact.condition:
        return _("Until %(day)s, or as soon as: %(condition)s") % {
            "day": day,
            "condition": fact.condition,
        }
    return _("Until %(day)s") % {"day": day}


def _need(fact: events.NeedConfirmed) -> str:
    return ". ".join(filter(None, [fact.need, fact.impact]))


def _why_not(fact: Any) -> str:
    return ", ".join(filter(None, [getattr(fact, "competitor", ""), fact.note]))


ENTRIES = (
    TimelineEntry(
        fact=events.PersonQualified,
        icon="handoff",
        hue="blue",
        title=lambda fact: _("Became an MQL: %(why)s") % {"why": fact.why},
        detail=lambda fact: str(LANES.get(fact.lane, "")),
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.PricesSeen,
        icon="eye",
        hue="blue",
        title=lambda fact: _("Looked at the prices"),
    ),
    TimelineEntry(fact=events.HandoffOffered, icon="leads", hue="amber", tell_many=tell_offers),
    TimelineEntry(
        fact=events.HandedOn,
        icon="handoff",
        hue="blue",
        title=lambda fact: _("Handed on to an account executive"),
        detail=lambda fact: fact.note,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.TakenOver,
        icon="check",
        hue="green",
        title=lambda fact: _late(_("Taken over by an account executive"), is_late=fact.is_late),
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.HandedBack,
        icon="x",
        hue="red",
        title=lambda fact: _("Back to the SDR: %(why)s") % {"why": reason_label(fact.reason)},
        detail=_why_not,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.HandoffAccepted,
        icon="check",
        hue="green",
        title=lambda fact: _late(_("Accepted"), is_late=fact.is_late),
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.HandoffRejected,
        icon="x",
        hue="red",
        title=lambda fact: _("Rejected: %(why)s") % {"why": reason_label(fact.reason)},
        detail=_why_not,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.AnswerUndone,
        icon="undo",
        hue="gray",
        title=lambda fact: _("Answer taken back: %(what)s") % {"what": answer_words(fact.answer)},
    ),
    TimelineEntry(
        fact=events.HandoffRedirected, icon="handoff", hue="amber", tell_many=tell_redirections
    ),
    TimelineEntry(fact=events.HandoffEscalated, icon="clock", hue="red", tell_many=tell_silence),
    TimelineEntry(
        fact=events.FirstResponseMade,
        icon="reply",
        hue="green",
        title=lambda fact: _late(_("First response"), is_late=fact.is_late),
    ),
    TimelineEntry(
        fact=events.ClockRanOut,
        icon="clock",
        hue="red",
        title=lambda fact: _("Late: %(what)s") % {"what": CLOCKS.get(fact.kind, fact.kind)},
    ),
    TimelineEntry(
        fact=events.PersonUnreachable,
        icon="phone-missed",
        hue="gray",
        title=lambda fact: _("Unreachable: the agreed attempts are used up"),
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.NeedConfirmed,
        icon="goal",
        hue="green",
        title=lambda fact: _("Need confirmed"),
        detail=_need,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.PersonDisqualified,
        icon="lost",
        hue="red",
        title=lambda fact: _("Disqualified: %(why)s") % {"why": reason_label(fact.reason)},
        detail=_why_not,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.VerdictReplied,
        icon="reply",
        hue="blue",
        title=lambda fact: (
            _("Marketing answers the reason: %(how)s") % {"how": REPLIES.get(fact.kind, fact.kind)}
        ),
        detail=lambda fact: fact.note,
    ),
    TimelineEntry(
        fact=events.PersonRecycled,
        icon="recycle",
        hue="gray",
        title=lambda fact: _("Back to nurture"),
        detail=_until,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=events.RestChanged,
        icon="recycle",
        hue="gray",
        title=lambda fact: _("Rest changed"),
        detail=lambda fact: " – ".join(filter(None, [_until(fact), fact.reason])),
    ),
)
TRIGGERS = (
    Trigger(label=gettext_lazy("Became an MQL"), fact=events.PersonQualified),
    Trigger(label=gettext_lazy("A lead was accepted"), fact=events.HandoffAccepted),
    Trigger(label=gettext_lazy("A lead was rejected"), fact=events.HandoffRejected),
    Trigger(label=gettext_lazy("Handed on to an account executive"), fact=events.HandedOn),
    Trigger(label=gettext_lazy("An account executive took over"), fact=events.TakenOver),
    Trigger(label=gettext_lazy("An account executive turned down"), fact=events.HandedBack),
    Trigger(label=gettext_lazy("Somebody looks at the prices"), fact=events.PricesSeen),
    Trigger(label=gettext_lazy("A lead lies in another territory"), fact=events.HandoffRedirected),
    Trigger(label=gettext_lazy("A lead is unreachable"), fact=events.PersonUnreachable),
    Trigger(label=gettext_lazy("A need was confirmed"), fact=events.NeedConfirmed),
    Trigger(label=gettext_lazy("A lead was disqualified"), fact=events.PersonDisqualified),
    Trigger(label=gettext_lazy("Recycled"), fact=events.PersonRecycled),
)
