"""What speaks for and against customers, of many with a fixed number of questions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet

from baton.core.calendars.queries import HoursBook
from baton.core.settings.queries import organisation_zone
from baton.records.timeline.models import Activity
from baton.records.timeline.rules import Outcome
from baton.sales.customers.models import Customer, Step, Survey
from baton.sales.customers.queries.checkins import rhythm_of, rhythms_by_table
from baton.sales.customers.queries.terms import terms
from baton.sales.customers.rules import (
    COUNTED_FOR,
    Health,
    Rhythm,
    Signs,
    SurveyKind,
    checkin_on,
    days_late,
    health_of,
)

TALKS = (Outcome.CONVERSATION, Outcome.HELD, Outcome.SENT, Outcome.RECEIVED)
MOST = 500  # at once


@dataclass(frozen=True)
class Standing:
    """How one is, and when somebody spoke with them last."""

    health: Health
    contacted_at: datetime
    checkin_on: date | None  # None: none is owed
    rhythm: Rhythm  # that counts since that word


def standings_of(customers: Collection[Customer], *, at: datetime) -> dict[int, Standing]:
    """By id; one to ``MOST`` of them."""
    zone, agreed = organisation_zone(), terms()
    book = HoursBook(one.owner for one in customers)
    late = _late_steps(customers, at=at, zone=zone)
    spoken_at, answered = _spoken_at(customers, at=at), _answered(customers, at=at)
    begin = [one for one in customers if one.rhythm_since != spoken_at[one.pk]]
    rhythms = rhythms_by_table(begin, agreed=agreed, at=at)
    found = {}
    for one in customers:
        contacted_at = spoken_at[one.pk]
        rhythm = rhythms.get(one.pk) or rhythm_of(one, agreed=agreed)
        count, since = late.get(one.pk, (0, None))
        today = at.astimezone(zone).date()
        signs = Signs(
            is_handover_late=one.due_at is not None and one.due_at < at,
            late_steps=count,
            latest_days=days_late(since, today=today) if since else 0,
            quiet_days=(at - contacted_at).days,
            renewal_days=_renewal_days(one, today=today),
            nps=answered.get(one.pk),
            is_gone=one.churned_on is not None,
            issue_days=(at - one.issue_at).days if one.issue_at else None,
        )
        health = health_of(signs, quiet_after=agreed.quiet_days or 0)
        spoken = contacted_at.astimezone(zone).date()
        day = _checkin(one, health, spoken=spoken, rhythm=rhythm, book=book)
        found[one.pk] = Standing(health, contacted_at, day, rhythm)
    return found


def _checkin(
    customer: Customer, health: Health, *, spoken: date, rhythm: Rhythm, book: HoursBook
) -> date | None:
    """None while the handover's clock asks for a call, and of who is gone."""
    if customer.churned_on or customer.due_at:
        return None
    return checkin_on(
        spoken,
        days=replace(rhythm, own=customer.checkin_days).days(health.level),
        agreed=customer.checkin_agreed_on,
        hours=book.of(customer.owner),
    )


def _renewal_days(one: Customer, *, today: date) -> int | None:
    """None where it is planned, or nobody knows when the contract ends."""
    if one.contract_ends_on is None or one.renewal_step:
        return None
    return max(0, (one.contract_ends_on - today).days)


def _late_steps(
    customers: Iterable[Customer], *, at: datetime, zone: ZoneInfo
) -> dict[int, tuple[int, Any]]:
    rows = Step.objects.late(at.astimezone(zone).date()).filter(
        customer__in=[one.pk for one in customers]
    )
    counted = rows.order_by().values("customer").annotate(count=Count("pk"), since=Min("due_on"))
    return {row["customer"]: (row["count"], row["since"]) for row in counted}


def _spoken_at(customers: Collection[Customer], *, at: datetime) -> Mapping[int, datetime]:
    """The latest word with each; the start is one."""
    contacts = _contacts(customers, at=at)
    return {
        one.pk: max(filter(None, [contacts.get(one.pk), one.called_at, one.started_at]))
        for one in customers
    }


def _contacts(customers: Iterable[Customer], *, at: datetime) -> Mapping[int, datetime]:
    """Of a company with anybody there; of a person with them."""
    firms = {one.company_id: one.pk for one in customers if one.company_id}
    people = {one.person_id: one.pk for one in customers if one.person_id and not one.company_id}
    talks = Activity.objects.filter(deleted_at=None, outcome__in=TALKS, at__lte=at).order_by()
    found: dict[int, datetime] = {}
    for rows, column, ids in (
        (talks.filter(company__in=firms), "company", firms),
        (talks.filter(person__company__in=firms), "person__company", firms),
        (talks.filter(person__in=people), "person", people),
    ):
        for pk, latest in rows.values_list(column).annotate(latest=Max("at")):
            mine = ids[pk]
            found[mine] = max(latest, found.get(mine, latest))
    return found


def _answered(customers: Iterable[Customer], *, at: datetime) -> Mapping[int, int]:
    """The latest NPS of each within a year."""
    rows = Survey.objects.living().filter(
        customer__in=[one.pk for one in customers],
        kind=SurveyKind.NPS,
        answered_at__gt=at - COUNTED_FOR,
        answered_at__lte=at,
    )
    found = rows.order_by("answered_at", "pk").values_list("customer", "score")
    return {pk: score for pk, score in found if score is not None}


def customers_of(*, person_id: int | None, company_id: int | None) -> QuerySet[Customer]:
    """Whose health a talk with these changes."""
    about = Q(pk__in=[])
    if company_id:
        about |= Q(company=company_id)
    if person_id:
        about |= Q(person=person_id) | Q(company__people=person_id)
    return Customer.objects.living().filter(about).distinct()
