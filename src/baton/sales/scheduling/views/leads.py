"""The link on the page that thanks somebody who raised a hand: to who has their lead now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import public
from baton.records.people.models import Person
from baton.sales.scheduling.guards import from_our_page, told
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.picking import read_picked
from baton.sales.scheduling.queries import own_page, person_now, rep_now
from baton.sales.scheduling.tokens import open_lead
from baton.sales.scheduling.views.public import METHODS, Asked, again, answer


@csrf_exempt  # the signed token says that we showed this form, and when
@public
@require_http_methods(METHODS)
@from_our_page
def lead(request: HttpRequest, token: str) -> HttpResponse:
    """Free times of whoever was asked to take this lead, or has taken it."""
    person, at = _person_or_404(token), timezone.now()
    rep, handoff = rep_now(person)
    page = own_page(rep) if rep else None
    if handoff and Booking.objects.ahead(at).filter(person=person, handoff=handoff).exists():
        if (pressed_twice := again(request)) is not None:
            return pressed_twice
        words = _("You have a meeting with us already. Its mail says how to move or cancel it.")
        return told(request, words, title=_("Booked"))
    if rep is None or page is None or not page.is_on or not rep.is_active:
        return _nobody_yet(request, name=rep.name if rep else "")
    note = _("%(rep)s looks after you by now. These are their times.") % {"rep": rep.name}
    picked = read_picked(request, page, at=at)
    has_moved = "moved" in request.GET
    return answer(
        Asked(request=request, picked=picked, lead=person, note=note if has_moved else "")
    )


def _person_or_404(token: str) -> Person:
    key = open_lead(token)
    person = person_now(key) if key else None
    if person is None:
        raise Http404
    return person


def _nobody_yet(request: HttpRequest, *, name: str) -> HttpResponse:
    """Nobody was asked yet, or who was asked has no page: then they call."""
    if name:
        words = _("%(rep)s has your request and will be in touch with you.") % {"rep": name}
        return told(request, words, title=_("Thank you"))
    words = _("We are choosing who is the right one for you. Look again in a moment.")
    return told(request, words, title=_("Thank you"), url=request.path)
