"""What nobody from outside did: a network or a machine of our own. No database, no clock."""

from collections.abc import Iterable
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

MOST = 50
LONGEST = 60
MAPPED = 96  # bits before an IPv4 address inside an IPv6 one
SHORTEST = 4  # letters of a word by which a machine is known
# What browsers that people use say of themselves: a word of it would stand for everybody.
EVERYBODYS = (
    "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/ "
    "safari/537.36 edg/ opr/ (macintosh; intel mac os x 10_15_7) version/ (x11; linux x86_64; rv:) "
    "gecko/20100101 firefox/ (iphone; cpu iphone os like mac os x) mobile/15e148 (ipad; "
    "(linux; android 10; k) mobile safari/537.36 samsungbrowser/ ubuntu"
)


class Internal(StrEnum):
    """Why a visit does not count."""

    NETWORK = "own network"
    MACHINE = "own machine"


class BadNetwork(ValueError):
    """Text that names no network."""


def read_networks(text: str) -> list[str]:
    """ "192.0.2.7, 2001:db8::/32" as networks, each once; commas and lines part them. Raises
    BadNetwork, also for one that would be half of the world."""
    return list(dict.fromkeys(str(_network(part)) for part in _parts(text)))


def read_words(text: str) -> list[str]:
    """Words of a browser's name, each once, without regard to case."""
    return list(dict.fromkeys(part.casefold() for part in _parts(text)))


def is_everybodys(word: str) -> bool:
    """Whether people's browsers have it in their name, too."""
    return len(word) < SHORTEST or word in EVERYBODYS


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        found = _unmapped(ip_network(text, strict=False))
    except ValueError as no:
        raise BadNetwork(text) from no
    if found.prefixlen < (8 if found.version == 4 else 16):
        raise BadNetwork(text)
    return found


def _unmapped(found: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    """An IPv4 network in the words of IPv6, ::ffff:10.0.0.0/104, as itself: so its addresses are
    compared, too."""
    inside = found.network_address.ipv4_mapped if isinstance(found, IPv6Network) else None
    if inside is None or found.prefixlen < MAPPED:
        return found
    return IPv4Network((inside, found.prefixlen - MAPPED))


def why_internal(
    *, ip: str | None, agent: str, networks: Iterable[str], machines: Iterable[str]
) -> str:
    """Why somebody of ours or a machine of ours asked; "" when it was a stranger."""
    if ip and _lies_in(ip, networks):
        return Internal.NETWORK
    named = agent.casefold()
    return Internal.MACHINE if any(word in named for word in machines) else ""


def _lies_in(ip: str, networks: Iterable[str]) -> bool:
    address = ip_address(ip)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    found = (_unmapped(ip_network(one)) for one in networks)  # kept before they were read so
    return any(one.version == address.version and address in one for one in found)
