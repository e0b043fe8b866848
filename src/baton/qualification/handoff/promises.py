"""The promises of the agreement as they are read, each with how it is kept."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.attainment import Attainment, Kept, Promise


@dataclass(frozen=True, kw_only=True)
class Line:
    """One promise of sales as a person reads it, and how it is kept this month."""

    words: str
    kept: Kept
    percent: int
    hue: str
    url: str
    broken_url: str


def promises_kept(found: Attainment, agreement: Agreement) -> list[Line]:
    """What sales owes this month, and how much of it was kept."""
    words = {
        Promise.ACCEPT: _(
            "Accept or reject within %(minutes)d working minutes, hand-raises %(urgent)d"
        )
        % {
            "minutes": agreement.accept_minutes,
            "urgent": agreement.hand_raise_accept_minutes,
        },
        Promise.RESPOND: _(
            "First response within %(minutes)d working minutes, hand-raises %(urgent)d"
        )
        % {
            "minutes": agreement.respond_minutes,
            "urgent": agreement.hand_raise_respond_minutes,
        },
        Promise.ATTEMPTS: _("%(count)d attempts in %(days)d working days")
        % {"count": agreement.attempts, "days": agreement.attempt_days},
        Promise.VERDICT: _("A verdict on every one"),
    }
    return [
        Line(
            words=words[kept.promise],
            kept=kept,
            percent=round(kept.rate * 100) if kept.rate is not None else 0,
            hue=_hue(kept.rate),
            url=behind_url(kept.promise),
            broken_url=f"{behind_url(kept.promise)}?broken=1",
        )
        for kept in found.promises
    ]


def _hue(rate: float | None) -> str:
    if rate is None:
        return "gray"
    return "green" if rate >= 0.9 else "amber" if rate >= 0.75 else "red"


def behind_url(promise: Promise) -> str:
    """Where the handoffs of this figure are listed."""
    return reverse("handoff:behind", args=[promise.value])
