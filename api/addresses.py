"""From where a request comes, as far as counting needs to know."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from fastapi import Request

NOWHERE = "unknown"
PREFIX_BITS = 64  # whoever has one IPv6 address has all of its network


def address_of(request: Request) -> str:
    """The peer's address, or the one that a trusted proxy names (`MATCHER_TRUSTED_PROXIES`)."""
    return NOWHERE if request.client is None else counted_as(request.client.host)


def counted_as(host: str) -> str:
    """An IPv4 address as it is, an IPv6 address as its network."""
    try:
        address = ip_address(host)
    except ValueError:
        return host  # a socket in a file system, or a test
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), PREFIX_BITS), strict=False))
