"""What a request of somebody unknown says: cookies, where it comes from."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

from baton.core.keys import new_key
from baton.core.settings.models import Brand
from baton.core.settings.queries import organisation
from baton.core.strangers import ip_of, network_digest
from baton.marketing.capture.rules.channels import Source, read_source
from baton.marketing.capture.rules.internal import why_internal

VISITOR, DECLINED = "baton_visitor", "baton_declined"
REMEMBERED = 395 * 24 * 3600  # seconds: 13 months, then we ask again


def internal_of(request: HttpRequest) -> str:
    """Why it does not count: it came from a network or a machine of ours. The address itself is
    kept nowhere."""
    ours = organisation()
    return why_internal(
        ip=ip_of(request),
        agent=request.headers.get("User-Agent", ""),
        networks=ours.own_networks,
        machines=ours.own_machines,
    )


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


def bucket_key(request: HttpRequest, *, form_id: int) -> str:
    """For counting without keeping the address."""
    return network_digest(request, of=form_id)


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
