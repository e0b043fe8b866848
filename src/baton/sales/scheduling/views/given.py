"""What a buyer does with a meeting that they booked: reads it, moves it, cancels it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from baton.core.access.doors import public
from baton.sales.scheduling import actions, invites
from baton.sales.scheduling.actions import MovedOften, NotAhead, Taken
from baton.sales.scheduling.guards import draw, from_our_page
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.picking import read_picked, stamp_of, times_of
from baton.sales.scheduling.rules import State
from baton.sales.scheduling.tokens import booked_path, open_booking
from baton.sales.scheduling.views.public import METHODS
from baton.sales.scheduling.words import when, where


@public
@require_safe
def booked(request: HttpRequest, token: str) -> HttpResponse:
    """When, with whom, where; how to move and cancel it; what was mailed and what was not."""
    return _show(request, _booking_or_404(token), token)


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """For the buyer's own calendar."""
    booking = _booking_or_404(token)
    content = invites.invite(booking, invites.Method.PUBLISH)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


@csrf_exempt  # the signed address says whose meeting it is
@public
@require_http_methods(METHODS)
@from_our_page
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Other free times; a press on one asks once more."""
    booking, at, note, status = _booking_or_404(token), timezone.now(), "", 200
    if not _is_ahead(booking):
        return HttpResponseRedirect(booked_path(booking))
    picked = read_picked(request, booking.page, at=at, without=booking, usual=booking.zone)
    if request.method == "POST" and picked.start:
        try:
            moved = actions.move_booking(booking=booking, start=picked.start, at=at)
        except (Taken, MovedOften) as no:
            note, status = str(no), 409
        except NotAhead:
            return HttpResponseRedirect(booked_path(booking), status=303)
        else:
            return HttpResponseRedirect(booked_path(moved), status=303)
    context = _around(booking, token) | {"note": note}
    if picked.start and not note:
        context |= {"stamp": stamp_of(picked.start), "zone": picked.zone.key}
        context |= {"to": when(picked.start, zone=picked.zone), "back": picked.url()}
        return draw(request, "move.html", context)
    return draw(request, "times.html", context | times_of(picked), status=status)


@csrf_exempt  # the signed address says whose meeting it is
@public
@require_http_methods(METHODS)
@from_our_page
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more; what is over or cancelled stays so."""
    booking = _booking_or_404(token)
    if request.method == "POST" and _is_ahead(booking):
        try:
            booking = actions.cancel_booking(booking=booking, at=timezone.now())
        except NotAhead:
            booking = _booking_or_404(token)
    if not _is_ahead(booking):
        return HttpResponseRedirect(booked_path(booking), status=303)
    return draw(request, "cancel.html", _around(booking, token))


def _booking_or_404(token: str) -> Booking:
    key = open_booking(token)
    rows = Booking.objects.select_related("page__user", "rep", "person")
    booking = rows.filter(key=key).first() if key else None
    if booking is None:
        raise Http404
    return booking


def _is_ahead(booking: Booking) -> bool:
    return booking.state == State.BOOKED and booking.ends_at > timezone.now()


def _show(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    is_cancelled = booking.state == State.CANCELLED
    context = _around(booking, token) | {
        "is_cancelled": is_cancelled,
        "is_ahead": _is_ahead(booking),
        "heading": _("Cancelled") if is_cancelled else _("Booked"),
        "where": where(booking),
        "mails": _mails(booking),
        "reminds": booking.remind_at is not None,
        "calendar_url": reverse("scheduling:calendar", args=[token]),
        "again_url": booking.page.public_path() if booking.page.is_open else "",
    }
    return draw(request, "booked.html", context)


def _mails(booking: Booking) -> bool:
    return bool(settings.MAIL_IS_SET_UP and booking.email)


def _around(booking: Booking, token: str) -> dict[str, object]:
    return {
        "booking": booking,
        "page": booking.page,
        "rep": booking.rep,
        "time": when(booking.starts_at, zone=booking.zone),
        "booked_url": reverse("scheduling:booked", args=[token]),
        "move_url": reverse("scheduling:move", args=[token]),
        "cancel_url": reverse("scheduling:cancel", args=[token]),
    }
