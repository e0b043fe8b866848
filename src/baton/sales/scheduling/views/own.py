"""A seller's own booking page: what it says, how it looks, its link."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.addresses import absolute
from baton.core.calendars.queries import hours_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.core.worktime.rules import WeeklyHours, find_zone
from baton.sales.scheduling import actions
from baton.sales.scheduling.forms import PageForm
from baton.sales.scheduling.models import BookingPage
from baton.sales.scheduling.permissions import EDIT_BOOKINGS
from baton.sales.scheduling.queries import default_page, free_days, open_of, own_page

SHOWN = 4  # days of the preview


@requires(EDIT_BOOKINGS)
def own(request: HtmxRequest) -> HttpResponse:
    """Made, changed and switched here; beside it what a buyer sees."""
    user, at = user_of(request), timezone.now()
    page = own_page(user)
    form = _form(request, page, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            _saved, batch = actions.save_page(
                user=user,
                values=form.values(),
                version=form.cleaned_data["version"],
                by=user,
                at=at,
            )
        except RuleViolation as no:
            field = no.fields[0] if no.fields and no.fields[0] in form.fields else None
            form.add_error(field, str(no))
        else:
            say(request, _("Booking page saved."), undo_url=undo_of(batch))
            return go(request, reverse("scheduling:own"))
    context = {"form": form, "page": page, "mail_is_set_up": settings.MAIL_IS_SET_UP}
    if page:
        context |= _preview(page)
    return render(request, "scheduling/own.html", context, status=422 if form.errors else 200)


@requires(EDIT_BOOKINGS)
@require_POST
def delete(request: HtmxRequest) -> HttpResponse:
    """Thrown away, with a way to have it again; what was booked stands."""
    page = get_object_or_404(BookingPage.objects.living(), user=user_of(request))
    batch = actions.trash_page(page=page, by=user_of(request), at=timezone.now())
    say(request, _("Deleted."), undo_url=undo_of(batch))
    return go(request, reverse("scheduling:own"))


def _form(request: HtmxRequest, page: BookingPage | None, *, user: User) -> PageForm:
    working = hours_of(user).weekly
    shown = page or BookingPage(user=user, **default_page(user))
    initial = {name: getattr(shown, name) for name in (*actions.FIELDS, "version")}
    week = WeeklyHours.parse(shown.hours) if shown.hours is not None else working
    return PageForm(request.POST or None, initial=initial, week=week, working=working)


def _preview(page: BookingPage) -> dict[str, Any]:
    zone = find_zone(open_of(page).zone)
    days, _later = free_days(page, zone=zone, at=timezone.now(), most=SHOWN)
    return {
        "link": absolute(page.public_path()),
        "public_url": page.public_path(),
        "zone": zone.key.replace("_", " "),
        "days": [
            (day.on, [start.astimezone(zone) for start in day.starts], len(day.starts))
            for day in days
        ],
    }
