"""Which customers there are, and whose."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
from baton.records.people.models import Company, Person
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.rules import Handover
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind


def customer_of(*, company: Company | None, person: Person | None) -> Customer | None:
    """The living one of the company, or of the person where there is no company."""
    rows = Customer.objects.living()
    if company is not None:
        return rows.filter(company=company).first()
    return rows.filter(company=None, person=person).first() if person else None


def customer_shown(
    *, company: Company | None, person: Person | None, user: User
) -> Customer | None:
    """The same as far as this user sees it, with whoever looks after them."""
    return _SHOWN.first(user=user, **_ids(company, person))


def won_deal_of(*, company: Company | None, person: Person | None, user: User) -> Deal | None:
    """The latest won deal of which this user may make them a customer."""
    if not user.may(EDIT_CUSTOMERS):
        return None
    return _WON.first(user=user, **_ids(company, person))


def _ids(company: Company | None, person: Person | None) -> dict[str, int | None]:
    return {
        "company": company.pk if company else None,
        "person": person.pk if person else None,
    }


def _whose(company: int | None, person: int | None) -> Q:
    return Q(company=company) if company else Q(company=None, person=person)


_SHOWN = Prepared(
    lambda user, company, person: (
        Customer.objects.visible_to(user)
        .filter(_whose(company, person))
        .select_related("owner")
        .order_by("pk")[:1]
    )
)
_WON = Prepared(
    lambda user, company, person: (
        Deal.objects.living()
        .visible_to(user, EDIT_CUSTOMERS)
        .filter(_whose(company, person), state=StageKind.WON)
        .order_by("-closed_at")
        .only("key", "name")[:1]
    )
)


def customers_matching(rows: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """By the name of the company or of the person."""
    wanted = text.strip().casefold()
    return rows.filter(Q(company__sort_key__contains=wanted) | Q(person__sort_key__contains=wanted))


def has_won(*, company_id: int | None, person_id: int | None) -> bool:
    """Whether a deal with them is won."""
    whose = _whose(company_id, person_id)
    return Deal.objects.living().filter(whose, state=StageKind.WON).exists()


def waiting_for(user: User, *, most: int) -> list[Customer]:
    """What this owner owes: who is to be taken over or called, the most urgent first."""
    return _WAITING.rows(owner=user.pk, most=Fixed(most))


_WAITING = Prepared(
    lambda owner, most: (
        Customer.objects.living()
        .filter(owner=owner, handover__in=[Handover.WAITING, Handover.ACCEPTED])
        .select_related("company", "person", "seller", "owner", "agreement")
        .order_by("offered_at", "pk")[:most]
    )
)


def late_customers(at: datetime, *, most: int) -> Iterable[Customer]:
    """Those whose clock is over and of whom nobody has been told."""
    untold = Q(handover=Handover.WAITING, accept_late=False) | Q(
        handover=Handover.ACCEPTED, call_late=False
    )
    return Customer.objects.late(at).filter(untold).order_by("pk")[:most]
