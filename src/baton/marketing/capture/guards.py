"""What every door to the outside refuses before it looks further."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baton.core.strangers import is_from_our_page
from baton.marketing.capture.rules.limits import LARGEST_BODY
from baton.marketing.capture.spool import SpoolFull

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
RETRY_AFTER = "60"  # seconds; somebody has to make room on the disk


def from_our_page(view: View[P]) -> View[P]:
    """What is sent must be small and come from a page of ours.

    With the signed fields inside this replaces the CSRF token, which would need a cookie.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not is_from_our_page(request):
            return refuse(request, status=403, text=_("This form was sent from another site."))
        if _length(request) > LARGEST_BODY:
            return refuse(
                request, status=413, text=_("That is too long to send. Shorten your text.")
            )
        return view(request, *args, **kwargs)

    return guarded


def kept_or_refused(view: View[P]) -> View[P]:
    """A hit that cannot be kept is not answered as if it were: 503, and when to try again."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SpoolFull:
            text = _("We cannot take anything in at the moment. Try again in a minute.")
            response = refuse(request, status=503, text=text)
            response["Retry-After"] = RETRY_AFTER
            return response

    return guarded


def refuse(request: HttpRequest, *, status: int, text: str) -> HttpResponse:
    """A plain page with one sentence."""
    return render(request, "capture/public/refused.html", {"text": text}, status=status)


def _length(request: HttpRequest) -> int:
    """As the request says; without it nothing is read either."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
