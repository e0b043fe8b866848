"""Of whom a second step is asked."""

from enum import StrEnum


class Asked(StrEnum):
    NOBODY = ""
    ADMINS = "admins"
    ALL = "all"


IN_CHARGE = frozenset({"owner", "admin"})


def is_asked(asked_of: str, role: str) -> bool:
    """Owners count as admins: both may do everything."""
    return asked_of == Asked.ALL or (asked_of == Asked.ADMINS and role in IN_CHARGE)
