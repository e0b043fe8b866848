"""Where strangers book. No session, no script needed, no cookie."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import public
from baton.core.errors import RuleViolation
from baton.core.strangers import HONEYPOT, QUICKEST, TOKEN, Pace, network_digest, pace_of
from baton.records.people.models import Person
from baton.sales.scheduling import actions, tokens
from baton.sales.scheduling.actions import Taken, Visitor
from baton.sales.scheduling.forms import BookingForm
from baton.sales.scheduling.guards import draw, from_our_page, told
from baton.sales.scheduling.models import BookingPage
from baton.sales.scheduling.picking import Picked, read_picked, stamp_of, times_of
from baton.sales.scheduling.queries import PAGES, booked_by, counted_since, is_free
from baton.sales.scheduling.rules import MOST_AT_ONCE
from baton.sales.scheduling.words import PLACES, when

HOUR = timedelta(hours=1)
METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request to book: whose page, which time, and who comes by a lead's link."""

    request: HttpRequest
    picked: Picked
    lead: Person | None = None
    note: str = ""

    @property
    def page(self) -> BookingPage:
        return self.picked.page


@csrf_exempt  # the signed token says that we showed this form, and when
@public
@require_http_methods(METHODS)
@from_our_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Free times, then the form for one of them; 303 to what was booked."""
    found = PAGES.first(slug=slug[:60])
    if found is None:
        raise Http404
    at = timezone.now()
    return answer(Asked(request=request, picked=read_picked(request, found, at=at)))


def answer(asked: Asked) -> HttpResponse:
    """The same for who has the link of a page and who came by a raised hand."""
    if asked.request.method == "POST":
        return again(asked.request) or _take(asked)
    start = asked.picked.start
    if start is None:
        return show_times(asked)
    if not is_free(asked.page, start, at=asked.picked.at):
        note = _("This time is not free any more. Choose another one.")
        return show_times(replace(asked, note=note))
    return _show_form(asked)


def show_times(asked: Asked, *, status: int = 200) -> HttpResponse:
    """The next days that have any."""
    context = _around(asked) | times_of(asked.picked)
    return draw(asked.request, "times.html", context, status=status)


def _show_form(
    asked: Asked, form: BookingForm | None = None, *, status: int = 200, token: str = ""
) -> HttpResponse:
    picked = asked.picked
    if picked.start is None:
        return show_times(asked, status=status)
    context = _around(asked) | {
        "form": form or BookingForm(is_lead=bool(asked.lead), place=asked.page.place),
        "time": when(picked.start, zone=picked.zone),
        "stamp": stamp_of(picked.start),
        "zone": picked.zone.key,
        "back": picked.url(),
        "token": token or tokens.seal_form(at=picked.at),
        "token_name": TOKEN,
        "honeypot": HONEYPOT,
    }
    return draw(asked.request, "form.html", context, status=status)


def _around(asked: Asked) -> dict[str, Any]:
    return {
        "page": asked.page,
        "rep": asked.page.user,
        "place": PLACES.get(asked.page.place, ""),
        "note": asked.note,
        "is_lead": asked.lead is not None,
    }


def again(request: HttpRequest) -> HttpResponse | None:
    """To what this showing of the form has booked already: somebody pressed twice."""
    token = tokens.open_form(request.POST.get(TOKEN, ""))
    booking = booked_by(token.id) if token else None
    return HttpResponseRedirect(tokens.booked_path(booking), status=303) if booking else None


def _take(asked: Asked) -> HttpResponse:
    post, at = asked.request.POST, asked.picked.at
    form = BookingForm(post, is_lead=bool(asked.lead), place=asked.page.place)
    if post.get(HONEYPOT):
        words = _("Your meeting is booked.")
        return told(asked.request, words, title=_("Booked"))
    token = tokens.open_form(post.get(TOKEN, ""))
    pace = pace_of(opened_at=token.opened_at, at=at) if token else None
    if token is None or pace is not Pace.FINE:
        return _once_more(asked, form, pace=pace, token=token)
    if not form.is_valid():
        return _show_form(asked, form, status=422, token=post.get(TOKEN, ""))
    network = network_digest(asked.request, of="booking")
    if counted_since(network, at - HOUR) >= MOST_AT_ONCE:
        note = _("Many meetings were booked from your network. Try again in an hour.")
        response = _show_form(replace(asked, note=note), form, status=429)
        response["Retry-After"] = "3600"
        return response
    return _book(asked, form, token=token, network=network)


def _book(
    asked: Asked, form: BookingForm, *, token: tokens.FormToken, network: str
) -> HttpResponse:
    start = asked.picked.start
    if start is None:
        note = _("Choose a time first.")
        return show_times(replace(asked, note=note), status=422)
    visitor = Visitor(zone=asked.picked.zone.key, network=network, **form.cleaned_data)
    try:
        done = actions.book(
            page=asked.page,
            start=start,
            visitor=visitor,
            token=token.id,
            at=asked.picked.at,
            lead=asked.lead,
        )
    except Taken as no:
        return show_times(replace(asked, note=str(no)), status=409)
    except actions.MovedOn:
        return HttpResponseRedirect(f"{asked.picked.path}?moved=1", status=303)
    except RuleViolation as no:
        return _show_form(replace(asked, note=str(no)), form, status=422)
    return HttpResponseRedirect(tokens.booked_path(done.booking), status=303)


def _once_more(
    asked: Asked, form: BookingForm, *, pace: Pace | None, token: tokens.FormToken | None
) -> HttpResponse:
    """A page that was open too long, or whose token is not ours, can be sent again at once."""
    if pace is Pace.TOO_QUICK:
        note = _("That was quick. Look over your answers and send them again.")
        kept = asked.request.POST.get(TOKEN, "")
    else:
        note = _("This page was open for long. Your answers are below: send them again.")
        opened_at: datetime = asked.picked.at - QUICKEST
        kept = tokens.seal_form(at=opened_at, id_=token.id if token else None)
    return _show_form(replace(asked, note=note), form, status=422, token=kept)
