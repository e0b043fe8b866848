"""The period of a campaign, and how far people went in it. No database, no clock."""

from datetime import date
from enum import StrEnum
from functools import lru_cache

SEPARATORS = " _.+/:|,&"  # what people put between the words of a code, besides "-"


OF_A_FILE = "file "  # so begins the key of a cost that a file of an advertising system brought


class CostKind(StrEnum):
    """What money was spent on. ROAS counts ``ads`` only, CAC counts all."""

    ADS = "ads"
    PEOPLE = "people"
    TOOLS = "tools"
    AGENCIES = "agencies"
    OTHER = "other"


class State(StrEnum):
    """Where a campaign stands in its period."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"


class Status(StrEnum):
    """How far a member went; never goes back."""

    REACHED = "reached"
    RESPONDED = "responded"


def state_of(*, starts_on: date | None, ends_on: date | None, on: date) -> State:
    """An open end runs on; without a start it runs until it is over."""
    if starts_on and on < starts_on:
        return State.PLANNED
    return State.OVER if ends_on and on > ends_on else State.RUNNING


@lru_cache(maxsize=2_048)
def same_code(text: str) -> str:
    """What is the same code however it is written: "Spring_Sale 1" is "spring-sale-1"."""
    for sign in SEPARATORS:
        text = text.replace(sign, "-")
    return "-".join(filter(None, text.lower().split("-")))


def same_code_sql(text: str) -> str:
    """The same for what this piece of SQL says; runs of more than sixteen signs stay apart."""
    for sign in SEPARATORS:
        text = f"REPLACE({text}, '{sign}', '-')"
    for run in ("----", "--", "--"):
        text = f"REPLACE({text}, '{run}', '-')"
    return f"LOWER(TRIM({text}, '-'))"


def went_further(before: str | None, now: str) -> bool:
    """Whether this says more than what is known of the member."""
    order = [None, *Status]
    return order.index(Status(now)) > order.index(Status(before) if before else None)
