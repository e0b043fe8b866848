"""Contracts that end, and who bought more than once."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.records.purchases.models import Order, Subscription
from baton.sales.customers.models import Customer, CustomerQuerySet
from baton.sales.customers.rules import MARKS
from baton.sales.deals.models import Deal, DealOrder, DealQuerySet
from baton.sales.deals.rules import StageKind

AHEAD = timedelta(days=max(MARKS))


def renewals_ahead(rows: CustomerQuerySet, *, today: date) -> CustomerQuerySet:
    """Whose contract ends within 90 days, and who have not said that they go."""
    return rows.filter(
        churned_on=None, contract_ends_on__gte=today, contract_ends_on__lte=today + AHEAD
    )


def to_remind(*, today: date, most: int) -> CustomerQuerySet:
    """Who has reached a mark that nobody was told of; what has ended is told by its list."""
    due = Q(pk__in=[])
    for mark in MARKS:
        within = Q(contract_ends_on__lte=today + timedelta(days=mark))
        due |= within & (Q(reminded=None) | Q(reminded__gt=mark))
    living = Customer.objects.living().filter(churned_on=None, contract_ends_on__gte=today)
    return living.filter(due).order_by("contract_ends_on", "pk")[:most]


def subscription_of(customer: Customer) -> Subscription | None:
    """What runs and renews next, of the company or of the person."""
    whose = Q(company=customer.company_id) if customer.company_id else Q(person=customer.person_id)
    running = Subscription.objects.living().filter(whose, cancelled_at=None, ended_at=None)
    return running.filter(renews_at__isnull=False).order_by("renews_at", "pk").first()


@dataclass(frozen=True)
class Repeat:
    """Of so many customers so many bought at least twice."""

    repeated: int
    count: int

    @property
    def rate(self) -> float | None:
        return self.repeated / self.count if self.count else None


def theirs() -> Q:
    """Of the company of a row, or of its person where it has none."""
    return Q(company=OuterRef("company_id")) | Q(
        company=None, person=OuterRef("person_id"), person__isnull=False
    )


def another_deal() -> DealQuerySet:
    """Of a row: won deals beside the one that made them a customer."""
    won = Deal.objects.living().filter(theirs(), state=StageKind.WON)
    return won.exclude(pk=OuterRef("deal_id"))


def purchases() -> QuerySet[Order]:
    """Of a row: what no won deal was paid by."""
    linked = DealOrder.objects.filter(order=OuterRef("pk"), deal__state=StageKind.WON)
    return Order.objects.standing().filter(theirs()).exclude(Exists(linked))


def bought_again(rows: CustomerQuerySet) -> CustomerQuerySet:
    """With a second deal won, or a purchase that is no deal's."""
    return rows.filter(Q(Exists(another_deal())) | Q(Exists(purchases())))


def repeat_rate(user: User) -> Repeat:
    """Of the customers whom this user sees."""
    rows = Customer.objects.visible_to(user)
    return Repeat(bought_again(rows).count(), rows.count())
