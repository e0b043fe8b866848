"""Names, addresses, origins. No database, no clock."""

from enum import StrEnum


class Origin(StrEnum):
    """How the relation began; only ``marketing`` counts for or against marketing."""

    MARKETING = "marketing"
    SALES = "sales"
    PARTNER = "partner"
    CUSTOMER = "customer"
