"""The agreement after the win as the page of agreements shows it: both sides' month, the effect of
a draft."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.core.ui.formats import working_words
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import EffectShown, KeptAbove, PromiseShown, SideShown
from baton.sales.customers.permissions import VIEW_CUSTOMERS
from baton.sales.customers.queries.effects import Effect, effects, measured
from baton.sales.customers.queries.kept import PROMISES, Keeping, Owed, kept_in

TITLES = {
    Owed.HANDED: gettext_lazy("Handed over"),
    Owed.BRIEF: gettext_lazy("The seller's own word"),
    Owed.ACCEPT: gettext_lazy("Taken over"),
    Owed.CALL: gettext_lazy("First call"),
    Owed.STEPS: gettext_lazy("Onboarding steps"),
    Owed.VALUE: gettext_lazy("First value"),
    Owed.CHECKINS: gettext_lazy("Check-ins not overdue"),
}
EFFECTS = {
    Effect.BRIEF: gettext_lazy("The seller's own word in time"),
    Effect.ACCEPT: gettext_lazy("Taken over in time"),
    Effect.CALL: gettext_lazy("First calls in time"),
    Effect.VALUE: gettext_lazy("First value in time"),
    Effect.QUIET: gettext_lazy("Without a word for too long, today"),
    Effect.CHECKINS: gettext_lazy("To be spoken with by today"),
}


def sides(user: User, agreed: Agreement, at: datetime) -> list[SideShown]:
    """What who sold and who looks after them owe, this month."""
    if not user.may(VIEW_CUSTOMERS):
        return []
    day = at.astimezone(organisation_zone()).date()
    found, words = kept_in(user=user, day=day, at=at), _words(agreed)
    lines = {one: _line(found, one, words[one]) for one in PROMISES if one in words}
    brief = [lines[Owed.BRIEF]] if Owed.BRIEF in lines else []
    handed = (_("Customers handed over"), found.handed, behind_url(Owed.HANDED))
    return [
        SideShown(title=_("Sellers owe"), counted=handed, lines=brief),
        SideShown(
            title=_("Customer owners owe"),
            lines=[line for one, line in lines.items() if one is not Owed.BRIEF],
        ),
    ]


def _words(agreed: Agreement) -> dict[Owed, str]:
    """Only what this version promises."""
    words = {
        Owed.ACCEPT: _("Taken over within %(time)s")
        % {"time": working_words(agreed.accept_minutes)},
        Owed.CALL: _("First call within %(time)s")
        % {"time": working_words(agreed.respond_minutes)},
        Owed.STEPS: _("Steps of the onboarding plan on their day"),
        Owed.CHECKINS: _("No check-in overdue"),
    }
    if agreed.brief_minutes:
        words[Owed.BRIEF] = _("A word of their own within %(time)s") % {
            "time": working_words(agreed.brief_minutes)
        }
    if agreed.value_days:
        days = agreed.value_days
        said = ngettext("First value within %(n)d day", "First value within %(n)d days", days)
        words[Owed.VALUE] = said % {"n": days}
    return words


def _line(found: Keeping, promise: Owed, words: str) -> PromiseShown:
    url = behind_url(promise)
    return PromiseShown(
        words=words,
        kept=found.of(promise),
        falls_due=promise is not Owed.CHECKINS,
        url=url,
        broken_url=f"{url}?broken=1",
    )


def behind_url(promise: Owed) -> str:
    """Where what a figure counts is listed."""
    return reverse("customers:behind", args=[promise.value])


def shown_effects(now: Agreement, then: Agreement, user: User, at: datetime) -> list[EffectShown]:
    if not user.may(VIEW_CUSTOMERS):
        return []
    return [
        EffectShown(
            words=EFFECTS[one.effect],
            now=len(one.now),
            then=len(one.then),
            all=one.all,
            url=reverse("customers:effect", args=[one.effect.value]),
        )
        for one in effects(now=now, then=then, user=user, at=at)
    ]


KEPT = KeptAbove(
    kind=Kind.OWNER,
    sides=sides,
    kept_url=lambda: reverse("customers:kept"),
    effects=shown_effects,
    measured=measured,
    links=lambda: [
        (_("Onboarding plan"), reverse("customers:template")),
        (_("Check-in rhythm"), reverse("customers:rhythms")),
    ],
)
