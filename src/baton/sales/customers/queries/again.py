"""Who bought once, and whose time for a second purchase has come."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from baton.sales.customers.models import Customer, CustomerQuerySet
from baton.sales.customers.queries.renewals import (
    another_deal,
    bought_again,
    purchases,
    theirs,
)
from baton.sales.customers.rules import Handover, Level, Second, second_after
from baton.sales.deals.models import Deal

MOST = 2000  # the latest of them: a median of more says nothing else
LATELY = timedelta(days=30)  # whose time came before is told by the list alone


def usual_second() -> Second:
    """Of all customers whom there are: it is a figure of the company, and names nobody."""
    begun = OuterRef("started_at")
    deals, orders = (
        another_deal().filter(closed_at__gt=begun),
        purchases().filter(placed_at__gt=begun),
    )
    rows = bought_again(Customer.objects.living()).annotate(
        deal_at=deals.order_by("closed_at").values("closed_at")[:1],
        order_at=orders.order_by("placed_at").values("placed_at")[:1],
    )
    told = rows.order_by("-started_at").values_list("started_at", "deal_at", "order_at")[:MOST]
    days = [
        (min(later) - first).days
        for first, *bought in told
        if (later := [one for one in bought if one])
    ]
    return second_after(days)


def due_again(rows: CustomerQuerySet, *, second: Second, at: datetime) -> CustomerQuerySet:
    """Who bought once, so long ago that half had bought again by then; with whom no deal is open,
    who are well enough to be asked, and whose handover is over."""
    is_open = Deal.objects.open().filter(theirs())
    once = rows.filter(churned_on=None, started_at__lte=at - timedelta(days=second.days))
    ready = once.exclude(health=Level.RED).exclude(handover=Handover.WAITING)
    return ready.filter(~Exists(is_open)).exclude(pk__in=bought_again(rows).values("pk"))


def second_to_tell(*, at: datetime, most: int) -> list[Customer]:
    """Whose time has come lately, and of whom nobody was told; once there is somebody to tell."""
    second = usual_second()
    rows = Customer.objects.living().filter(
        again_told_at=None,
        owner__isnull=False,
        started_at__gte=at - timedelta(days=second.days) - LATELY,
    )
    return list(due_again(rows, second=second, at=at).order_by("started_at", "pk")[:most])
