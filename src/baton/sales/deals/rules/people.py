"""Who takes part in a deal, and whom it lacks."""

from collections.abc import Collection
from enum import StrEnum

from baton.records.people.rules import BuyingRole

PART = "part:"  # in the history, before the id of one person


class Lack(StrEnum):
    """What an open deal should know of its people, and does not."""

    DECISION_MAKER = "decision_maker"
    OTHERS = "others"  # all hangs on one person


def lacks(roles: Collection[str], *, decides: str) -> list[Lack]:
    """Of the people of an open deal, a role each, and what its field says who decides."""
    found = []
    if BuyingRole.DECISION_MAKER not in roles and not decides:
        found.append(Lack.DECISION_MAKER)
    if len(roles) == 1:
        found.append(Lack.OTHERS)
    return found


def part_of(name: str) -> int | None:
    """The person that a field of the history names; None for any other field."""
    text = name.removeprefix(PART)
    return int(text) if name.startswith(PART) and text.isdecimal() else None
