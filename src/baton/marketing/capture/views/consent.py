"""May we remember this visit? Asked once, answered by a button, changed at any time."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import public
from baton.core.keys import new_key
from baton.core.settings.queries import default_brand
from baton.core.strangers import network_of
from baton.marketing.capture import spool, strangers, tokens
from baton.marketing.capture.guards import from_our_page, kept_or_refused
from baton.marketing.capture.pace import may_count
from baton.marketing.capture.rules.channels import kept_query, read_source
from baton.marketing.capture.rules.cleaning import clean_line
from baton.marketing.capture.rules.visits import LONGEST_TAB, Seen
from baton.marketing.capture.views.public import COUNTED, frame

ARRIVAL = "_arrival"


@csrf_exempt  # the signed arrival says which page of ours was answered
@public
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_page
@kept_or_refused
def consent(request: HttpRequest) -> HttpResponse:
    """GET shows what was answered; POST keeps the answer and goes back to the page."""
    if request.method != "POST":
        return _show(request)
    arrival = tokens.open_arrival(request.POST.get(ARRIVAL, ""))
    back = arrival.path if arrival else reverse("capture:consent")
    if request.POST.get("answer") != "yes":
        # Who says no came by a campaign all the same, and the form on the page still tells of it.
        query = kept_query(arrival.source) if arrival else ""
        response = HttpResponseRedirect(f"{back}?{query}" if query else back, status=303)
        strangers.forget(request, response)
        return response
    response = HttpResponseRedirect(f"{back}?{COUNTED}=1" if arrival else back, status=303)
    visitor, at = strangers.remember(request, response), timezone.now()
    if arrival and may_count(network_of(request), at=at):
        spool.append(_first_hit(request, arrival, visitor=visitor, at=at).plain())
    return response


@csrf_exempt  # the visitor's cookie is SameSite=Lax: no other site's form carries it
@public
@require_POST
@from_our_page
@kept_or_refused
def hit(request: HttpRequest) -> HttpResponse:
    """A page seen that we did not render ourselves; 204, also when nothing may be kept."""
    visitor, at = strangers.visitor_of(request), timezone.now()
    if visitor and may_count(network_of(request), at=at):
        path = clean_line(request.POST.get("path", ""))[:500]
        source = read_source(
            request.POST.dict(),
            referrer=request.POST.get("referrer", ""),
            own_hosts=[request.get_host().partition(":")[0]],
            landing_page=path,
        )
        seen = Seen(
            id=new_key(),
            visitor=visitor,
            at=at,
            path=path,
            title=clean_line(request.POST.get("title", ""))[:160],
            source=source,
            consented_at=at,
            internal=strangers.internal_of(request),
        )
        spool.append(seen.plain())
    return HttpResponse(status=204)


def _show(request: HttpRequest) -> HttpResponse:
    context = frame(None, default_brand()) | {
        "is_remembered": strangers.visitor_of(request) is not None,
        "has_answered": strangers.has_answered(request),
    }
    response = render(request, "capture/public/consent.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _first_hit(
    request: HttpRequest, arrival: tokens.Arrival, *, visitor: UUID, at: datetime
) -> Seen:
    """The page under the banner, with the way the stranger came to it."""
    return Seen(
        id=arrival.id,
        visitor=visitor,
        at=arrival.at if at - arrival.at < LONGEST_TAB else at,
        path=arrival.path,
        title=arrival.title,
        source=arrival.source,
        consented_at=at,
        page_id=arrival.page_id,
        internal=strangers.internal_of(request),
    )
