"""What a request of somebody unknown says: cookies, address, where it comes from."""

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

from baton.core.keys import new_key
from baton.core.settings.models import Brand
from baton.marketing.capture.rules.channels import Source, read_source

VISITOR, DECLINED = "baton_visitor", "baton_declined"
REMEMBERED = 395 * 24 * 3600  # seconds: 13 months, then we ask again


def visitor_of(request: HttpRequest) -> UUID | None:
    """Whom the browser allowed us to remember; None also for a value that we did not give out."""
    return read_visitor(request.COOKIES.get(VISITOR, ""))


def read_visitor(cookie: str) -> UUID | None:
    """The key in a cookie of ours: signed, else anybody could speak for a browser, or for many."""
    try:
        return UUID(_signer().unsign(cookie))
    except (BadSignature, ValueError):
        return None


def sign_visitor(visitor: UUID) -> str:
    """As the cookie carries it."""
    return _signer().sign(str(visitor))


def has_answered(request: HttpRequest) -> bool:
    """Whether there is nothing left to ask."""
    return visitor_of(request) is not None or DECLINED in request.COOKIES


def remember(request: HttpRequest, response: HttpResponseBase) -> UUID:
    """Give the browser its key: the one it has, or a new one."""
    visitor = visitor_of(request) or new_key()
    _set(response, VISITOR, sign_visitor(visitor))
    if DECLINED in request.COOKIES:
        response.delete_cookie(DECLINED, samesite="Lax")
    return visitor


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Take the key back and remember only that the answer was no."""
    if VISITOR in request.COOKIES:
        response.delete_cookie(VISITOR, samesite="Lax")
    _set(response, DECLINED, "1")


def source_of(request: HttpRequest, *, brand: Brand | None, landing_page: str) -> Source:
    """Where this request came from."""
    hosts = [request.get_host().partition(":")[0], *(brand.domains if brand else [])]
    return read_source(
        request.GET.dict(),
        referrer=request.headers.get("Referer", ""),
        own_hosts=hosts,
        landing_page=landing_page,
    )


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


def bucket_key(request: HttpRequest, *, form_id: int) -> str:
    """For counting without keeping the address."""
    told = f"{network_of(request)} {form_id}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def _signer() -> Signer:
    return Signer(salt="capture.visitor")


def _set(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=REMEMBERED,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
