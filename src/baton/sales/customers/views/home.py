"""What customers show on the first page of the day."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.calendars.queries import hours_of
from baton.core.home.slots import SELLERS, HomeBlock, HomePlace
from baton.sales.customers.clocks import face_of
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.queries import checkins_for, waiting_for
from baton.sales.customers.views.loading import today
from baton.sales.customers.words import HANDOVERS, LEVELS

FEW = 5


def handover_block(request: HttpRequest) -> str:
    """Customers to take over or to call, with their clocks; nothing for who has none."""
    user, now = user_of(request), timezone.now()
    found = waiting_for(user, most=FEW)
    if not found:
        return ""
    hours = hours_of(user)
    rows = [
        {
            "customer": one,
            "owed": HANDOVERS[one.handover],
            "clock": face_of(one, hours=hours, now=now),
        }
        for one in found
    ]
    context = {"rows": rows, "url": f"{reverse('customers:customers')}?view=mine"}
    return render_to_string("customers/home.html", context, request=request)


def checkin_block(request: HttpRequest) -> str:
    """With whom it is time to speak; nothing for who is up to date."""
    user, on = user_of(request), today()
    found = checkins_for(user, today=on, most=FEW)
    if not found:
        return ""
    rows = [
        {
            "customer": one,
            "level": LEVELS[one.health],
            "is_late": one.checkin_on is not None and one.checkin_on < on,
        }
        for one in found
    ]
    context = {"rows": rows, "url": f"{reverse('customers:customers')}?view=checkin"}
    return render_to_string("customers/home_checkins.html", context, request=request)


BLOCKS = (
    HomeBlock(
        name="check-ins",
        render=checkin_block,
        place=HomePlace.MAIN,
        order=16,
        permission=EDIT_CUSTOMERS.name,
        roles=SELLERS,
    ),
    HomeBlock(
        name="customers",
        render=handover_block,
        place=HomePlace.MAIN,
        order=15,
        permission=EDIT_CUSTOMERS.name,
        roles=SELLERS,
    ),
)
