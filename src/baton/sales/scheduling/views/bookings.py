"""Meetings that buyers booked: a list, one of them, and what is done with it."""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.errors import RuleViolation
from baton.core.limits import read_masked
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.core.worktime.rules import find_zone
from baton.sales.scheduling import actions
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.permissions import EDIT_BOOKINGS, VIEW_BOOKINGS
from baton.sales.scheduling.picking import read_picked, times_of
from baton.sales.scheduling.queries import ahead_of, own_page, past_of
from baton.sales.scheduling.rules import State
from baton.sales.scheduling.words import STATE_HUES, STATES, when, where


@requires(VIEW_BOOKINGS)
@require_safe
def bookings(request: HtmxRequest) -> HttpResponse:
    """Those ahead, those of which nobody said yet whether they came, and the past."""
    user, at = user_of(request), timezone.now()
    seen = Booking.objects.visible_to(user)
    unmarked, past = past_of(seen, at=at)
    markable = _markable(user, unmarked)
    groups = [
        (_("Did they come?"), unmarked),
        (_("Ahead"), ahead_of(seen, at=at)),
        (_("Past"), past),
    ]
    context = {
        "groups": [
            (heading, [_row(one, request, markable=markable) for one in rows])
            for heading, rows in groups
        ],
        "is_empty": not any(rows for _heading, rows in groups),
        "has_page": own_page(user) is not None,
        "may_edit": user.may(EDIT_BOOKINGS),
    }
    return render(request, "scheduling/bookings.html", context)


@requires(VIEW_BOOKINGS)
@require_safe
def booking(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Who, when, where, what they wrote; buttons for who may change it."""
    return _page(request, _booking_or_404(request, key, VIEW_BOOKINGS))


@requires(EDIT_BOOKINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HtmxRequest, key: UUID) -> HttpResponse:
    """To another free time of the same seller; the buyer is told."""
    found = _booking_or_404(request, key, EDIT_BOOKINGS)
    zone, at = find_zone(user_of(request).local_zone), timezone.now()
    picked = read_picked(request, found.page, at=at, without=found, usual=zone.key)
    context = {"booking": found, "was": when(found.starts_at, zone=zone)}
    if request.method == "POST" and picked.start:
        try:
            actions.move_booking(
                booking=found, start=picked.start, at=picked.at, by=user_of(request)
            )
        except RuleViolation as no:
            context |= {"error": str(no)}
        else:
            say(request, _("Moved. The buyer is told."))
            return go(request, found.get_absolute_url())
    context |= times_of(picked)
    status = 409 if "error" in context else 200
    return render(request, "scheduling/move.html", context, status=status)


@requires(EDIT_BOOKINGS)
@require_POST
def cancel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The buyer is told, and can book anew."""
    found = _booking_or_404(request, key, EDIT_BOOKINGS)
    try:
        actions.cancel_booking(booking=found, at=timezone.now(), by=user_of(request))
    except RuleViolation as no:
        return _page(request, found, error=str(no))
    say(request, _("Cancelled. The buyer is told."))
    return go(request, found.get_absolute_url())


@requires(EDIT_BOOKINGS)
@require_POST
def mark(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They came, or did not; a press takes it back."""
    found = _booking_or_404(request, key, EDIT_BOOKINGS)
    came = request.POST.get("came") == "yes"
    try:
        actions.mark_came(booking=found, came=came, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        return _page(request, found, error=str(no))
    words = _("A meeting held.") if came else _("Nobody came.")
    say(request, words, undo_url=reverse("scheduling:unmark", args=[key]))
    is_listed = request.POST.get("back") == "list"
    return go(request, reverse("scheduling:bookings") if is_listed else found.get_absolute_url())


@requires(EDIT_BOOKINGS)
@require_POST
def unmark(request: HtmxRequest, key: UUID) -> HttpResponse:
    found = _booking_or_404(request, key, EDIT_BOOKINGS)
    actions.unmark(booking=found, by=user_of(request), at=timezone.now())
    say(request, _("Taken back."))
    return go(request, found.get_absolute_url())


def _page(request: HtmxRequest, found: Booking, *, error: str = "") -> HttpResponse:
    """After a refusal, too, without what the role is kept from: nothing is written any more."""
    read_masked()
    found.as_seen()
    user, at = user_of(request), timezone.now()
    zone = find_zone(user.local_zone)
    may_edit = Booking.objects.visible_to(user, EDIT_BOOKINGS).filter(pk=found.pk).exists()
    is_open = found.state == State.BOOKED
    context = {
        "booking": found,
        "error": error,
        "state": STATES[found.state],
        "hue": STATE_HUES[found.state],
        "time": when(found.starts_at, zone=zone),
        "theirs": when(found.starts_at, zone=found.zone) if found.zone != zone.key else "",
        "where": where(found),
        "may_change": may_edit and is_open and found.ends_at > at,
        "may_mark": may_edit and is_open and found.starts_at <= at,
        "may_unmark": may_edit and found.state in {State.CAME, State.NO_SHOW},
    }
    return render(request, "scheduling/booking.html", context, status=409 if error else 200)


def _markable(user: User, rows: Collection[Booking]) -> set[int]:
    """Of which the user may say at once whether they came."""
    mine = Booking.objects.visible_to(user, EDIT_BOOKINGS)
    return set(mine.filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))


def _row(one: Booking, request: HtmxRequest, *, markable: Collection[int]) -> dict[str, object]:
    zone = find_zone(user_of(request).local_zone)
    return {
        "booking": one,
        "local": one.starts_at.astimezone(zone),
        "state": STATES[one.state],
        "hue": STATE_HUES[one.state],
        "may_mark": one.pk in markable,
    }


def _booking_or_404(request: HtmxRequest, key: UUID, permission: Permission) -> Booking:
    seen = Booking.objects.visible_to(user_of(request), permission)
    return get_object_or_404(seen.select_related("page__user", "rep", "person"), key=key)
