from enum import StrEnum


class State(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"
    CAME = "came"
    NO_SHOW = "no_show"
