"""How a relation began."""

from enum import StrEnum
from functools import cache


class Origin(StrEnum):
    """How the relation began; only ``marketing`` counts for or against marketing."""

    MARKETING = "marketing"
    SALES = "sales"
    PARTNER = "partner"
    CUSTOMER = "customer"


MARKETING_ROLES = frozenset({"marketer", "head_of_marketing"})
SALES_ROLES = frozenset({"sdr", "rep", "customer_owner", "sales_manager", "head_of_sales"})


def usual_origin(role: str) -> Origin:
    """Whom somebody of this role adds by hand: sales found them, unless marketing did."""
    return Origin.MARKETING if role in MARKETING_ROLES else Origin.SALES


@cache
def origins_open_to(role: str) -> tuple[Origin, ...]:
    """What somebody of this role may say of a person added by hand.

    Neither side may write a person to the other side's account.
    """
    closed = {Origin.MARKETING} if role in SALES_ROLES else set()
    closed |= {Origin.SALES} if role in MARKETING_ROLES else set()
    return tuple(origin for origin in Origin if origin not in closed)
