"""From the seller to the customer owner: two promises, each with a clock."""

from enum import StrEnum


class Handover(StrEnum):
    """How far it is."""

    WAITING = "waiting"  # for the owner to take it over
    ACCEPTED = "accepted"  # the first call is owed
    DONE = "done"
    NONE = "none"  # nothing is owed: the seller keeps them, or they came without a handover


class Promise(StrEnum):
    """What the owner owes."""

    ACCEPT = "accept"
    CALL = "call"
