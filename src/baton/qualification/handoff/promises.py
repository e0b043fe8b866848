"""The promises of the agreement as they are read, each with how it is kept."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.ui.formats import span_words, working_words
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.attainment import Attainment, Promise
from baton.qualification.handoff.queries.promised import KeptClocks, are_promised
from baton.qualification.handoff.rules import ClockKind, Kind
from baton.qualification.handoff.slots import PromiseShown


def promises_kept(found: Attainment, agreement: Agreement) -> list[PromiseShown]:
    """What sales owes this month, and how much of it was kept."""
    words = _executives(agreement) if agreement.kind == Kind.EXECUTIVE else _sales(agreement)
    return [
        PromiseShown(
            words=words[kept.promise],
            kept=kept,
            url=behind_url(kept.promise, kind=agreement.kind),
            broken_url=f"{behind_url(kept.promise, kind=agreement.kind)}?broken=1",
        )
        for kept in found.promises
    ]


def _executives(agreement: Agreement) -> dict[Promise, str]:
    return {
        Promise.ACCEPT: _("Take over or turn down within %(time)s")
        % {"time": working_words(agreement.accept_minutes)},
        Promise.RESPOND: _("Talk or meet within %(time)s")
        % {"time": working_words(agreement.respond_minutes)},
        Promise.ATTEMPTS: _("%(count)d attempts in %(days)d working days")
        % {"count": agreement.attempts, "days": agreement.attempt_days},
        Promise.VERDICT: _("A deal, or a reason, for every one"),
    }


def _sales(agreement: Agreement) -> dict[Promise, str]:
    return {
        Promise.ACCEPT: _("Accept or reject within %(time)s, hand-raises within %(urgent)s")
        % {
            "time": working_words(agreement.accept_minutes),
            "urgent": span_words(agreement.hand_raise_accept_minutes),
        },
        Promise.RESPOND: _("First response within %(time)s, hand-raises within %(urgent)s")
        % {
            "time": working_words(agreement.respond_minutes),
            "urgent": span_words(agreement.hand_raise_respond_minutes),
        },
        Promise.ATTEMPTS: _("%(count)d attempts in %(days)d working days")
        % {"count": agreement.attempts, "days": agreement.attempt_days},
        Promise.VERDICT: _("A verdict on every one"),
    }


def behind_url(promise: Promise, *, kind: str = Kind.MARKETING) -> str:
    """Where the handoffs of this figure are listed."""
    name = "executives-behind" if kind == Kind.EXECUTIVE else "behind"
    return reverse(f"handoff:{name}", args=[promise.value])


def clock_promises(found: Iterable[KeptClocks], agreement: Agreement) -> list[PromiseShown]:
    """Answers, idle deals, next steps: those that the version promises, and how they are kept."""
    words = _clock_promises(agreement)
    promised = set(are_promised(agreement))
    return [
        PromiseShown(
            words=words[kept.kind],
            kept=kept,
            falls_due=kept.kind is ClockKind.REPLY,
            url=clocks_url(kept.kind),
            broken_url=f"{clocks_url(kept.kind)}?broken=1",
        )
        for kept in found
        if kept.kind in promised
    ]


def _clock_promises(agreement: Agreement) -> dict[ClockKind, str]:
    idle, step = agreement.idle_days or 0, agreement.step_days or 0
    days = ngettext("%(n)d working day", "%(n)d working days", idle) % {"n": idle}
    untouched = _("No deal lies idle for %(days)s") % {"days": days}
    steps = ngettext("%(n)d working day", "%(n)d working days", step) % {"n": step}
    return {
        ClockKind.REPLY: _("An answer to each message within %(time)s")
        % {"time": working_words(agreement.reply_minutes or 0)},
        ClockKind.IDLE: untouched if idle else _("No deal lies idle in some stages"),
        ClockKind.STEP: _("A next step for each open deal within %(days)s") % {"days": steps},
    }


def clocks_url(kind: ClockKind) -> str:
    """Where the clocks of this figure are listed."""
    return reverse("handoff:clocks-behind", args=[kind.value])
