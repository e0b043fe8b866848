"""Which addresses a program of ours may be sent to by what somebody typed. No network."""

from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

# Python's is_global says True of some of these, which lead into private nets all the same.
_CLOSED = [
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b::/96",  # an IPv4 address inside: NAT64
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",  # Teredo
        "2001:db8::/32",
        "2002::/16",  # an IPv4 address inside: 6to4
        "fec0::/10",
        "ff00::/8",
    )
]
# Clouds hand out credentials here, to whoever asks from inside.
_NEVER = [ip_network("169.254.0.0/16"), ip_network("fe80::/10"), ip_network("fd00:ec2::254/128")]
Address = IPv4Address | IPv6Address


def is_public(text: str) -> bool:
    """Whether it is somebody's on the internet; an IPv4 address within IPv6 is judged as such."""
    address = _unwrapped(text)
    if address is None or any(address in net for net in _CLOSED if net.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not _is_never(address)


def may_be_private(text: str) -> bool:
    """Whether it may be reached where the operator has named its host."""
    address = _unwrapped(text)
    return address is not None and not address.is_multicast and not _is_never(address)


def _unwrapped(text: str) -> Address | None:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address in IPv6Network("::ffff:0:0/96"):
        return address.ipv4_mapped
    return address


def _is_never(address: Address) -> bool:
    return any(address in net for net in _NEVER if net.version == address.version)
