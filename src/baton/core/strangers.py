"""Who knocks at a public page: from which network, and whether a page of ours sent it."""

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


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
