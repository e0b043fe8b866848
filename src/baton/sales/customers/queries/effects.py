"""What other terms would have meant after the win: the last 90 days told again under a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.settings.queries import organisation_zone
from baton.core.worktime.rules import working_time_between
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.rules import Measured, counts_kept, minutes_kept
from baton.sales.customers.models import Customer, CustomerQuerySet
from baton.sales.customers.queries.checkins import usual_rhythm
from baton.sales.customers.rules import Level

QUARTER, YEAR = timedelta(days=90), timedelta(days=365)
MOST = 5000  # the latest


class Effect(StrEnum):
    """What is counted."""

    BRIEF = "brief"
    ACCEPT = "accept"
    CALL = "call"
    VALUE = "value"
    QUIET = "quiet"  # today: without a word for too long
    CHECKINS = "checkins"  # today: to be spoken with


# The term by which each is measured.
LIMITS = {
    Effect.BRIEF: "brief_minutes",
    Effect.ACCEPT: "accept_minutes",
    Effect.CALL: "respond_minutes",
    Effect.VALUE: "value_days",
    Effect.QUIET: "quiet_days",
}
OF_TODAY = frozenset({Effect.QUIET, Effect.CHECKINS})


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Ids of customers under the terms of now and of then; ``all``: out of how many, None where it
    is a plain count."""

    effect: Effect
    now: frozenset[int]
    then: frozenset[int]
    all: int | None = None


def effects(
    *,
    now: Agreement,
    then: Agreement,
    user: User,
    at: datetime,
    wanted: Iterable[Effect] = tuple(Effect),
) -> list[Compared]:
    """As far as the user sees them. What neither promises is left out."""
    asked = set(wanted)
    found: list[Compared] = []
    handed = Customer.objects.visible_to(user).filter(offered_at__gt=at - QUARTER)
    for effect, took in _took(handed).items():
        name = LIMITS[effect]
        limits = [getattr(now, name), getattr(then, name)]
        if effect in asked and any(limits):
            kept = [_within(took, limit) for limit in limits]
            found.append(Compared(effect=effect, now=kept[0], then=kept[1], all=len(took)))
    if asked & OF_TODAY:
        looked_after = list(_looked_after(user)[:MOST])
        quiet = [_quiet(looked_after, one, at=at) for one in (now, then)]
        due = [_due(looked_after, one, at=at) for one in (now, then)]
        for effect, (before, after) in ((Effect.QUIET, quiet), (Effect.CHECKINS, due)):
            if effect in asked:
                found.append(Compared(effect=effect, now=before, then=after))
    return found


Spans = dict[int, float]  # by customer, in the unit of the term


def measured(at: datetime) -> dict[str, Measured | None]:
    """By term, what was kept in the last year: everybody's customers count."""
    took = _took(Customer.objects.living().filter(offered_at__gt=at - YEAR, offered_at__lte=at))
    found = {
        LIMITS[effect]: minutes_kept([timedelta(minutes=span) for span in spans.values()])
        for effect, spans in took.items()
        if effect is not Effect.VALUE
    }
    days = counts_kept([int(span) for span in took[Effect.VALUE].values()])
    return found | {LIMITS[Effect.VALUE]: days}


def _took(handed: CustomerQuerySet) -> dict[Effect, Spans]:
    """How long what was done took, in the working time of who owed it; first value in days."""
    rows = list(handed.select_related("owner", "seller").order_by("-offered_at", "-pk")[:MOST])
    book = HoursBook([who for row in rows for who in (row.owner, row.seller)])
    zone = organisation_zone()
    took: dict[Effect, Spans] = {
        one: {} for one in (Effect.BRIEF, Effect.ACCEPT, Effect.CALL, Effect.VALUE)
    }
    for row in rows:
        for effect, who, since, done in (
            (Effect.BRIEF, row.seller, row.offered_at, row.briefed_at),
            (Effect.ACCEPT, row.owner, row.offered_at, row.accepted_at),
            (Effect.CALL, row.owner, row.accepted_at, row.called_at),
        ):
            if since and done:
                span = working_time_between(since, done, hours=book.of(who))
                took[effect][row.pk] = span / timedelta(minutes=1)
        if row.first_value_on and row.offered_at:
            begun = row.offered_at.astimezone(zone).date()
            took[Effect.VALUE][row.pk] = (row.first_value_on - begun).days
    return took


def _within(took: Spans, limit: int | None) -> frozenset[int]:
    """Where nothing is promised nobody is late."""
    return frozenset(pk for pk, span in took.items() if limit is None or span <= limit)


def _looked_after(user: User) -> CustomerQuerySet:
    rows = Customer.objects.visible_to(user).filter(churned_on=None, contacted_at__isnull=False)
    return rows.order_by("-contacted_at", "-pk")


def _quiet(rows: Iterable[Customer], terms: Agreement, *, at: datetime) -> frozenset[int]:
    allowed = terms.quiet_days or 0
    spoken = {row.pk: row.contacted_at for row in rows}
    return frozenset(pk for pk, on in spoken.items() if on and (at - on).days > allowed)


def _due(rows: Iterable[Customer], terms: Agreement, *, at: datetime) -> frozenset[int]:
    """With the rhythm of these terms, of those who have none of the table and no day agreed."""
    rhythm, zone = usual_rhythm(terms), organisation_zone()
    today = at.astimezone(zone).date()
    found = set()
    for row in rows:
        if row.checkin_on is None or row.rhythm_rule or row.checkin_days or row.checkin_agreed_on:
            continue
        assert row.contacted_at  # noqa: S101 -- only such were asked for
        spoken = row.contacted_at.astimezone(zone).date()
        if spoken + timedelta(days=rhythm.days(Level(row.health))) <= today:
            found.add(row.pk)
    return frozenset(found)
