"""Which outcome counts as an attempt, and which as the first response. No database, no clock."""

from enum import StrEnum


class Kind(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    MAIL = "mail"


class Outcome(StrEnum):
    """How it went. ``unanswered`` and ``voicemail`` are attempts; a talk answers."""

    UNANSWERED = "unanswered"
    VOICEMAIL = "voicemail"
    CONVERSATION = "conversation"
    HELD = "held"
    NO_SHOW = "no_show"
    SENT = "sent"  # a one-to-one mail
    RECEIVED = "received"
