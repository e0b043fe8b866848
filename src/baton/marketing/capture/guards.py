"""What every door to the outside refuses before it looks further."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baton.core.strangers import P, View, only_from_our_page
from baton.marketing.capture.rules.limits import LARGEST_BODY
from baton.marketing.capture.spool import SpoolFull

RETRY_AFTER = "60"  # seconds; somebody has to make room on the disk


def refuse(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    """A plain page with one sentence."""
    return render(request, "capture/public/refused.html", {"text": text}, status=status)


from_our_page = only_from_our_page(largest=LARGEST_BODY, refuse=refuse)


def kept_or_refused(view: View[P]) -> View[P]:
    """A hit that cannot be kept is not answered as if it were: 503, and when to try again."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SpoolFull:
            text = _("We cannot take anything in at the moment. Try again in a minute.")
            response = refuse(request, text, status=503)
            response["Retry-After"] = RETRY_AFTER
            return response

    return guarded
