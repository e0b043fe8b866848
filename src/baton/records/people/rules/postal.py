"""Where mail on paper goes."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from baton.records.people.rules.countries import read_country
from baton.records.people.rules.names import tidy


class AddressKind(StrEnum):
    WORK = "work"
    HOME = "home"
    OTHER = "other"


REMEMBERED = 4096  # a file names few places, thousands of times
PARTS = ("street", "postcode", "city", "region", "country")


def read_postal(given: Mapping[str, Any]) -> dict[str, str]:
    """Tidy, with all parts; {} where nothing says where. The street keeps its lines."""
    kind = str(given.get("kind") or AddressKind.WORK)
    return dict(_read(kind, tuple(str(given.get(name) or "") for name in PARTS)))


@lru_cache(maxsize=REMEMBERED)
def _read(kind: str, parts: tuple[str, ...]) -> Mapping[str, str]:
    found = dict(zip(PARTS, map(tidy, parts), strict=True))
    found["country"] = read_country(found["country"])
    lines = map(tidy, parts[PARTS.index("street")].splitlines())
    found["street"] = "\n".join(filter(None, lines))
    if not any(found.values()):
        return {}
    known = kind.casefold() in set(AddressKind)
    return {"kind": kind.casefold() if known else AddressKind.OTHER.value, **found}


def postal_line(address: Mapping[str, Any]) -> str:
    """On one line, as an envelope has it on four."""
    street = ", ".join(str(address.get("street") or "").splitlines())
    place = " ".join(filter(None, [address.get("postcode"), address.get("city")]))
    return ", ".join(filter(None, [street, place, address.get("region"), address.get("country")]))
