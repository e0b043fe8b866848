"""The clocks beside the handoff: whom they are about, who owes what, and how they are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
from baton.qualification.handoff.models import Agreement, Clock
from baton.qualification.handoff.models.clocks import ClockQuerySet
from baton.qualification.handoff.queries.attainment import Months, month_of
from baton.qualification.handoff.rules import ClockKind, Tally
from baton.qualification.handoff.slots import clocked_deals
from baton.records.people.models import Person


@dataclass(frozen=True)
class Subject:
    """The person or the deal of a clock."""

    name: str
    url: str
    company: str = ""


_PEOPLE = Prepared(lambda ids: Person.objects.select_related("company").filter(pk__in=ids))


def subjects_of(clocks: Iterable[Clock]) -> dict[int, Subject]:
    """By clock; two queries, whatever the number. What is gone has no name."""
    rows = list(clocks)
    ids = {clock.person_id for clock in rows if clock.person_id}
    people = _PEOPLE.by_id(ids=ids)
    deal_ids = {clock.deal_id for clock in rows if clock.deal_id}
    deals: dict[int, tuple[str, str]] = {}
    for kind in clocked_deals:
        if deal_ids:
            deals |= kind.shown(deal_ids)
    found = {}
    for clock in rows:
        person = people.get(clock.person_id or 0)
        if person:
            company = str(person.company or "")
            found[clock.pk] = Subject(person.full_name, person.get_absolute_url(), company)
        else:
            found[clock.pk] = Subject(*deals.get(clock.deal_id or 0, ("", "")))
    return found


def owed_clocks(user: User, *, is_team: bool = False) -> ClockQuerySet:
    """What runs: one's own, or all that one sees; the most urgent first."""
    rows = Clock.objects.running()
    rows = rows.visible_to(user) if is_team else rows.filter(owner=user)
    return rows.select_related("agreement", "owner").order_by("due_at", "pk")


def first_owed(user: User, *, is_team: bool, until: datetime | None, most: int) -> list[Clock]:
    """The most urgent of those; with ``until`` of what is due by then."""
    return _OWED.rows(user=user, is_team=is_team, until=until, most=Fixed(most))


def _owed(user: User, is_team: Any, until: Any, most: int) -> ClockQuerySet:
    rows = owed_clocks(user, is_team=is_team)
    return rows.filter(due_at__lt=until)[:most] if until else rows[:most]


_OWED = Prepared(_owed)


def clocks_of_person(person_id: int, *, user: User) -> list[Clock]:
    """What runs for an answer to this person."""
    return _OF_PERSON.rows(person=person_id, user=user)


def clocks_of_deal(deal_id: int, *, user: User) -> list[Clock]:
    """What runs for this deal."""
    return _OF_DEAL.rows(deal=deal_id, user=user)


def _of_one(user: User) -> ClockQuerySet:
    rows = Clock.objects.running().visible_to(user).select_related("agreement", "owner")
    return rows.order_by("due_at", "pk")


_OF_PERSON = Prepared(lambda person, user: _of_one(user).filter(person=person)[:3])
_OF_DEAL = Prepared(lambda deal, user: _of_one(user).filter(deal_id=deal)[:3])


@dataclass(frozen=True, kw_only=True)
class KeptClocks(Tally):
    """Of one promise beside the handoff."""

    kind: ClockKind


class ClocksBy(StrEnum):
    """By what they are told apart: who owes."""

    REP = "rep"
    TEAM = "team"


_PATHS = {ClocksBy.REP: "owner__key", ClocksBy.TEAM: "owner__team__key"}


def counting(month: Months, *, at: datetime) -> tuple[Q, Q]:
    """Which clocks a month counts, and which of them were not kept.

    Messages of the month that were answered or are due; deals that were open in the month: each
    of those counts once for as long as the promise is kept, and was not where it fell due before
    the month was over and was not made good before it began.
    """
    until = min(month.until, at)
    is_reply, is_owed = Q(kind=ClockKind.REPLY), ~Q(ended="withdrawn")
    written = Q(since__gte=month.since, since__lt=month.until)
    answered = Q(stopped_at__isnull=False) | Q(due_at__lt=at)
    lay = Q(began_at__lt=until) & (Q(stopped_at=None) | Q(stopped_at__gte=month.since))
    counts = is_owed & ((is_reply & written & answered) | (~is_reply & lay))
    late = Q(due_at__lt=at) & (Q(stopped_at=None) | Q(stopped_at__gt=F("due_at")))
    return counts, late & (is_reply | Q(due_at__lt=until))


def clocks_kept(*, user: User, day: date, at: datetime) -> list[KeptClocks]:
    """The month of ``day`` so far, of each kind: one query."""
    counts, broken = counting(month_of(day), at=at)
    rows = Clock.objects.visible_to(user).filter(counts).order_by().values("kind")
    counted = rows.annotate(all=Count("pk"), broken=Count("pk", filter=broken))
    found: dict[str, Any] = {row["kind"]: row for row in counted.values("kind", "all", "broken")}
    return [_kept(kind, found.get(kind.value)) for kind in ClockKind]


def clocks_kept_by(
    by: ClocksBy, *, user: User, day: date, at: datetime
) -> dict[str, dict[ClockKind, KeptClocks]]:
    """The same by the keys of who owes ("" for nobody): one query."""
    counts, broken = counting(month_of(day), at=at)
    rows = Clock.objects.visible_to(user).filter(counts).order_by()
    grouped = rows.values("kind", group=F(_PATHS[by])).annotate(
        all=Count("pk"), broken=Count("pk", filter=broken)
    )
    found: dict[str, dict[ClockKind, KeptClocks]] = {}
    for row in grouped:
        kind = ClockKind(row["kind"])
        figures: dict[str, Any] = {**row}
        found.setdefault(str(row["group"] or ""), {})[kind] = _kept(kind, figures)
    return found


def _kept(kind: ClockKind, row: Mapping[str, Any] | None) -> KeptClocks:
    if row is None:
        return KeptClocks(kind=kind, kept=0, all=0)
    return KeptClocks(kind=kind, kept=row["all"] - row["broken"], all=row["all"])


def clocks_behind(
    kind: ClockKind,
    *,
    user: User,
    day: date,
    at: datetime,
    is_broken: bool,
    by: ClocksBy | None = None,
    group: str = "",
) -> ClockQuerySet:
    """The clocks behind a figure, the latest first."""
    counts, broken = counting(month_of(day), at=at)
    rows = Clock.objects.visible_to(user).filter(counts, kind=kind)
    if is_broken:
        rows = rows.filter(broken)
    if by:
        rows = rows.filter(**{_PATHS[by]: group or None})
    return rows.select_related("owner", "agreement").order_by("-since", "-pk")


def are_promised(agreement: Agreement) -> Sequence[ClockKind]:
    """Which of them the version promises."""
    terms = agreement.terms()
    is_idle = terms.idle_days or any(terms.idle_by_stage.values())
    promises = {
        ClockKind.REPLY: terms.reply_minutes,
        ClockKind.IDLE: is_idle,
        ClockKind.STEP: terms.step_days,
    }
    return [kind for kind, amount in promises.items() if amount]
