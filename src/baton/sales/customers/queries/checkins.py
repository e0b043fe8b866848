"""With whom it is time to speak."""

from datetime import date

from django.db.models import F, Q

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
from baton.sales.customers.models import Customer, CustomerQuerySet, Terms
from baton.sales.customers.rules import Rhythm


def rhythm_of(customer: Customer, *, agreed: Terms) -> Rhythm:
    """The agreement's, or what was said for this one."""
    return Rhythm(
        well=agreed.checkin_well,
        watch=agreed.checkin_watch,
        risk=agreed.checkin_risk,
        own=customer.checkin_days,
    )


def checkins_due(rows: CustomerQuerySet, *, today: date) -> CustomerQuerySet:
    """Whose day has come, or is over."""
    return rows.filter(checkin_on__lte=today)


def checkins_for(user: User, *, today: date, most: int) -> list[Customer]:
    """With whom this owner is to speak, the longest overdue first."""
    return _MINE.rows(owner=user.pk, today=today, most=Fixed(most))


_MINE = Prepared(
    lambda owner, today, most: (
        checkins_due(Customer.objects.living().filter(owner=owner), today=today)
        .select_related("company", "person")
        .order_by("checkin_on", "pk")[:most]
    )
)


def checkins_to_tell(*, today: date, most: int) -> CustomerQuerySet:
    """Whose day is over, and of whom nobody was told since the latest word."""
    untold = Q(checkin_told_at=None) | Q(checkin_told_at__lt=F("contacted_at"))
    late = Customer.objects.living().filter(untold, checkin_on__lt=today)
    return late.order_by("checkin_on", "pk")[:most]
