"""Whom to ask for a review or a referral, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.records.people.models import Person
from baton.sales.customers.models import (
    Customer,
    CustomerQuerySet,
    Favour,
    FavourTerms,
    Survey,
    SurveyQuerySet,
)
from baton.sales.customers.rules import (
    COUNTED_FOR,
    PROMOTER,
    SATISFIED,
    TOP,
    FavourKind,
    SurveyKind,
    months_before,
)

MOST_CONTENT = Q(kind=SurveyKind.NPS, score__gte=PROMOTER) | Q(
    kind=SurveyKind.CSAT, score=TOP[SurveyKind.CSAT]
)
LESS = Q(kind=SurveyKind.NPS, score__lt=PROMOTER) | Q(kind=SurveyKind.CSAT, score__lt=SATISFIED)


def content_answers(*, at: datetime) -> SurveyQuerySet:
    """NPS 9 or 10, or CSAT 5, within a year, and nothing less said since."""
    answered = Survey.objects.living().filter(answered_at__gt=at - COUNTED_FOR)
    less = Survey.objects.living().filter(
        LESS,
        customer=OuterRef("customer_id"),
        person=OuterRef("person_id"),
        answered_at__gte=OuterRef("answered_at"),
    )
    return answered.filter(MOST_CONTENT).exclude(Exists(less))


def asked_lately(*, at: datetime, agreed: FavourTerms) -> QuerySet[Favour]:
    """Who was asked for something within the months of the agreement."""
    return Favour.objects.living().filter(asked_at__gt=months_before(at, agreed.favour_months))


def to_ask(rows: CustomerQuerySet, *, at: datetime, agreed: FavourTerms) -> CustomerQuerySet:
    """Where somebody is content, no issue is open, and nobody was asked lately."""
    asked = asked_lately(at=at, agreed=agreed).filter(person=OuterRef("person_id"))
    content = content_answers(at=at).filter(~Exists(asked), customer=OuterRef("pk"))
    return rows.filter(Exists(content), churned_on=None, issue_at=None)


def people_content(customer: Customer, *, at: datetime, agreed: FavourTerms) -> QuerySet[Person]:
    """Whom of this customer to ask now; nobody while an issue is open."""
    if customer.churned_on or customer.issue_at:
        return Person.objects.none()
    asked = asked_lately(at=at, agreed=agreed).filter(person=OuterRef("pk"))
    content = content_answers(at=at).filter(customer=customer).values("person")
    living = Person.objects.living().filter(~Exists(asked), pk__in=content)
    return living.order_by("sort_key", "pk")


def favour_counts(user: User) -> Mapping[tuple[str, str], int]:
    """How many were asked for, by kind and outcome, of the customers whom this user sees."""
    rows = Favour.objects.visible_to(user).order_by().values_list("kind", "outcome")
    found = {(kind, outcome): count for kind, outcome, count in rows.annotate(count=Count("pk"))}
    kinds = {(kind.value, "all"): 0 for kind in FavourKind}
    for (kind, _outcome), count in found.items():
        kinds[kind, "all"] += count
    return {**found, **kinds}
