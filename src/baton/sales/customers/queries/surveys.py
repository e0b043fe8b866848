"""Who was asked, what they answered, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.core.settings.queries import default_brand, look_of, organisation, organisation_zone
from baton.records.people.models import Person
from baton.records.people.queries import emails_of
from baton.records.people.queries.consent import consents_of
from baton.sales.customers.models import Customer, Survey, SurveyQuerySet
from baton.sales.customers.rules import (
    COUNTED_FOR,
    Figure,
    Mood,
    SurveyKind,
    csat_of,
    mood_of,
    nps_of,
)

MAIL_PURPOSES = frozenset({"one-to-one", "newsletter"})  # a no to either is a no to being asked


@dataclass(frozen=True)
class Satisfaction:
    """Of the latest answer of each person within a year; ``moods``: how many of each kind."""

    nps: Figure | None
    csat: Figure | None
    moods: Mapping[tuple[SurveyKind, Mood], int]


def our_name() -> str:
    """What customers know us by."""
    return look_of(default_brand())["brand_name"] or organisation().name


def people_to_ask(customer: Customer, *, among: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Who bought, and everybody of the company, as far as they are ``among`` those."""
    whose = Q(pk=customer.person_id)
    if customer.company_id:
        whose |= Q(company=customer.company_id)
    theirs = Person.objects.living().filter(whose).order_by("sort_key", "pk")
    if among is None:
        return theirs
    # Asked of each of theirs: all that somebody sees may be a million.
    return theirs.filter(Exists(among.filter(pk=OuterRef("pk"))))


def mail_to_ask(person: Person) -> str:
    """Their first address; "" where there is none, or where one of theirs said no to our mail."""
    if not settings.MAIL_IS_SET_UP or has_refused(person):
        return ""
    return next((row.address for row in emails_of([person.pk])[person.pk]), "")


def has_refused(person: Person) -> bool:
    """A no by any form counts here, unconfirmed or not."""
    return any(
        not said.is_given or said.doubtful is not None
        for said in consents_of(person)
        if said.purpose in MAIL_PURPOSES
    )


def counting(rows: SurveyQuerySet, kind: SurveyKind, *, at: datetime) -> SurveyQuerySet:
    """What the figures count: who answered again within the year counts once, by the latest."""
    since = at - COUNTED_FOR
    later = Survey.objects.living().filter(
        Q(answered_at__gt=OuterRef("answered_at"))
        | Q(answered_at=OuterRef("answered_at"), pk__gt=OuterRef("pk")),
        person=OuterRef("person_id"),
        customer=OuterRef("customer_id"),
        kind=kind,
    )
    return rows.filter(kind=kind, answered_at__gt=since).exclude(Exists(later))


def satisfaction(user: User, *, at: datetime) -> Satisfaction:
    """Of the customers whom this user sees."""
    seen = Survey.objects.visible_to(user)
    scores = {kind: _scores(counting(seen, kind, at=at)) for kind in SurveyKind}
    moods = {(kind, mood): 0 for kind in SurveyKind for mood in Mood}
    for kind, found in scores.items():
        for score in found:
            moods[kind, mood_of(kind, score)] += 1
    return Satisfaction(
        nps=nps_of(scores[SurveyKind.NPS]), csat=csat_of(scores[SurveyKind.CSAT]), moods=moods
    )


def _scores(rows: SurveyQuerySet) -> list[int]:
    return [one for one in rows.order_by().values_list("score", flat=True) if one is not None]


def csat_answers(since: date, until: date, owner_ids: frozenset[int] | None) -> SurveyQuerySet:
    """Of these days, both included; with ``owner_ids`` those of their customers alone."""
    rows = Survey.objects.living().filter(
        kind=SurveyKind.CSAT,
        answered_at__gte=_begin(since),
        answered_at__lt=_begin(until + timedelta(days=1)),
    )
    return rows if owner_ids is None else rows.filter(customer__owner__in=owner_ids)


def satisfied(since: date, until: date, owner_ids: frozenset[int] | None) -> Figure | None:
    """Of those answers the share of 4 and 5; None of none."""
    return csat_of(_scores(csat_answers(since, until, owner_ids)))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), organisation_zone())
