"""The order of the stages and which moves count. No database, no clock."""

from enum import StrEnum


class Stage(StrEnum):
    """From first interest to vouching for us; ``other`` will never buy."""

    SUBSCRIBER = "subscriber"
    LEAD = "lead"
    MQL = "mql"
    SAL = "sal"
    SQL = "sql"
    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"
    EVANGELIST = "evangelist"
    OTHER = "other"


ORDER = tuple(Stage)[:-1]


def rank(stage: str) -> int:
    """Place in the order; ``other`` and unknown stages rank below all (-1)."""
    return ORDER.index(Stage(stage)) if stage in ORDER else -1
