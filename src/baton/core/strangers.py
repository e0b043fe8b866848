"""Who knocks at a public page: from which network, whether a page of ours sent it, how quickly."""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
NUL = gettext_lazy("A field has a sign in it that no text has.")
HONEYPOT, TOKEN = "_website", "_token"  # fields of every public form
QUICKEST = timedelta(seconds=2)  # people need longer to read and write
OPEN_FOR = timedelta(hours=24)


class Pace(StrEnum):
    """When a form came back, measured by when it was opened."""

    FINE = "fine"
    TOO_QUICK = "too_quick"
    TOO_LATE = "too_late"


def pace_of(*, opened_at: datetime, at: datetime) -> Pace:
    """Whether somebody can have filled it in, and whether its page is still good."""
    if at - opened_at > OPEN_FOR:
        return Pace.TOO_LATE
    return Pace.TOO_QUICK if at - opened_at < QUICKEST else Pace.FINE


class Refuse(Protocol):
    """A page of the module's own that says why not."""

    def __call__(self, request: HttpRequest, /, text: str, *, status: int) -> HttpResponse: ...


def only_from_our_page(*, largest: int, refuse: Refuse) -> Callable[[View[P]], View[P]]:
    """What is sent must be small (in bytes) and come from a page of ours.

    With the signed fields inside this replaces the CSRF token, which would need a cookie.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST" and not is_from_our_page(request):
                return refuse(request, _("This form was sent from another site."), status=403)
            length = request.META.get("CONTENT_LENGTH") or "0"
            if length.isdecimal() and int(length) > largest:
                words = _("That is too long to send. Shorten your text.")
                return refuse(request, words, status=413)
            if has_nul(request):
                return refuse(request, str(NUL), status=400)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def has_nul(request: HttpRequest) -> bool:
    """Whether a field or its name has one, which no column of PostgreSQL holds."""
    return any("\0" in text for name, texts in request.POST.lists() for text in (name, *texts))


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether a browser says that one of our pages sent this; old browsers say nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "")
    return origin in {"", "null"} or urlsplit(origin).netloc == request.get_host()


def ip_of(request: HttpRequest) -> str | None:
    """The sender's address; what proxies of ours say of it was read at the door."""
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def network_of(request: HttpRequest) -> str:
    """Where it was sent from: an address, of IPv6 its /64, for one household has all of that."""
    ip = ip_of(request)
    if ip and ":" in ip:
        return str(ipaddress.ip_network(f"{ip.partition('%')[0]}/64", strict=False))
    return ip or ""


def network_digest(request: HttpRequest, *, of: object) -> str:
    """For counting without keeping the address."""
    told = f"{network_of(request)} {of}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
