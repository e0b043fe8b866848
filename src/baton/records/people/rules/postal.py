"""Where mail on paper goes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from baton.records.people.rules.names import tidy


class AddressKind(StrEnum):
    WORK = "work"
    HOME = "home"
    OTHER = "other"


PARTS = ("street", "postcode", "city", "region", "country")


def read_postal(given: Mapping[str, Any]) -> dict[str, str]:
    """Tidy, with all parts; {} where nothing says where. The street keeps its lines."""
    found = {name: tidy(str(given.get(name) or "")) for name in PARTS}
    lines = (tidy(line) for line in str(given.get("street") or "").splitlines())
    found["street"] = "\n".join(filter(None, lines))
    if not any(found.values()):
        return {}
    kind = str(given.get("kind") or AddressKind.WORK).casefold()
    return {"kind": kind if kind in set(AddressKind) else AddressKind.OTHER.value, **found}


def postal_line(address: Mapping[str, Any]) -> str:
    """On one line, as an envelope has it on four."""
    street = ", ".join(str(address.get("street") or "").splitlines())
    place = " ".join(filter(None, [address.get("postcode"), address.get("city")]))
    return ", ".join(filter(None, [street, place, address.get("region"), address.get("country")]))
