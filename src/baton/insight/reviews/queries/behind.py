"""The records that a figure of the agenda counts: the very rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.insight.reviews.queries.week import Week
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import Promise as Owed
from baton.qualification.handoff.queries.attainment import conditions, made_in
from baton.qualification.handoff.queries.keeping import offers_due
from baton.qualification.handoff.queries.wasted import never_answered
from baton.qualification.handoff.rules import State
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind

Rows = QuerySet[Any, Any]
# The field of deals by which it is asked: to whom that is hidden, these are not told.
ASKS_BY = {"overdue": "close_on", "no_step": "next_step", "objections": "objection"}


@dataclass(frozen=True, kw_only=True)
class Behind:
    label: Promise
    shows: str  # handoff, deal
    rows: Rows


def _handed(week: Week, user: User, at: datetime) -> HandoffQuerySet:
    return made_in(week.span(), user=user).exclude(state=State.WITHDRAWN)


def _broken(owed: Owed) -> Callable[[Week, User, datetime], Rows]:
    """Of the leads made in the week: due by now, and not kept."""

    def rows(week: Week, user: User, at: datetime) -> Rows:
        due, kept = conditions(at)[owed]
        made = _handed(week, user, at)
        return made.filter(due).exclude(pk__in=made.filter(kept).values("pk"))

    return rows


def asked_in(span: Q, *, user: User, at: datetime) -> QuerySet[Offer]:
    """Whom somebody was asked to answer for by then, within the days that ``span`` names."""
    seen = Handoff.objects.visible_to(user).of_marketing().exclude(state=State.WITHDRAWN)
    due, _broken = offers_due(at)
    # One by one: as a list it would be of all leads there ever were.
    theirs = Exists(seen.filter(pk=OuterRef("handoff_id")))
    return Offer.objects.filter(due, span, theirs, due_at__lte=at, rep__isnull=False)


def _silent(week: Week, user: User, at: datetime, asked: UUID | None = None) -> Rows:
    """Leads that who was asked, in the week, did not answer in time."""
    _due, broken = offers_due(at)
    offers = asked_in(week.within("due_at"), user=user, at=at).filter(broken)
    if asked:
        offers = offers.filter(rep__key=asked)
    seen = Handoff.objects.visible_to(user)
    return seen.filter(Exists(offers.filter(handoff=OuterRef("pk"))))


def _unanswered(week: Week, user: User, at: datetime) -> Rows:
    """Of the leads made in the week, those whom nobody has answered to this day."""
    return never_answered(_handed(week, user, at), at=at)


def _rejected(week: Week, user: User, at: datetime) -> Rows:
    rows = Handoff.objects.visible_to(user).of_marketing()
    return rows.filter(week.within("answered_at"), state=State.REJECTED)


def _closed(kind: StageKind) -> Callable[[Week, User, datetime], Rows]:
    def rows(week: Week, user: User, at: datetime) -> Rows:
        deals = Deal.objects.living().visible_to(user)
        return deals.filter(week.within("closed_at"), state=kind)

    return rows


def _overdue(week: Week, user: User, at: datetime) -> Rows:
    return (
        Deal.objects.open()
        .visible_to(user)
        .filter(close_on__lt=at.astimezone(organisation_zone()).date())
    )


def _no_step(week: Week, user: User, at: datetime) -> Rows:
    return Deal.objects.open().visible_to(user).filter(next_step="")


def _objected(week: Week, user: User, at: datetime) -> Rows:
    """Deals on which an objection was noted, and which moved or closed in the week."""
    deals = Deal.objects.living().visible_to(user).exclude(objection="")
    return deals.filter(week.within("touched_at") | week.within("closed_at"))


_WHATS: Mapping[str, tuple[Promise, str, Callable[[Week, User, datetime], Rows]]] = {
    "handed": (_("MQLs handed over"), "handoff", _handed),
    "accept": (_("Not answered in time"), "handoff", _broken(Owed.ACCEPT)),
    "respond": (_("First response late or missing"), "handoff", _broken(Owed.RESPOND)),
    "attempts": (_("Attempts not made as agreed"), "handoff", _broken(Owed.ATTEMPTS)),
    "silent": (_("Leads not answered in time by who was asked"), "handoff", _silent),
    "rejected": (_("Leads that sales rejected"), "handoff", _rejected),
    "unanswered": (_("Leads that nobody answered"), "handoff", _unanswered),
    "won": (_("Deals won"), "deal", _closed(StageKind.WON)),
    "lost": (_("Deals lost"), "deal", _closed(StageKind.LOST)),
    "overdue": (_("Open deals whose day to close has passed"), "deal", _overdue),
    "no_step": (_("Open deals without a next step"), "deal", _no_step),
    "objections": (_("Deals with an objection"), "deal", _objected),
}
WHATS = {name: label for name, (label, _shows, _rows) in _WHATS.items()}


def behind(what: str, *, week: Week, user: User, at: datetime, asked: UUID | None = None) -> Behind:
    """``asked``: the key of the rep whose silence is meant. Raises KeyError for a figure that is
    none."""
    label, shows, rows = _WHATS[what]
    found = _silent(week, user, at, asked) if what == "silent" else rows(week, user, at)
    return Behind(label=label, shows=shows, rows=found)


# By what a line of the agenda narrows its figure.
NARROWED = {"handoff": ("campaign",), "deal": ("reason", "competitor", "objection")}
