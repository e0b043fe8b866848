"""How often a mail is tried, what a server's answer means, what stands in a header."""

from datetime import datetime, timedelta
from enum import StrEnum

# After the first, second ... try: RFC 5321, 4.5.4.1 asks for patience that grows.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
GOOD_FOR = timedelta(hours=72)  # later nobody waits for it
LEASE = timedelta(minutes=5)  # of one that is being sent; its sender may have died
KEPT_FOR = timedelta(days=90)
LONGEST_LINE = 200  # characters of a subject or a name


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


def due_after(tries: int, *, at: datetime, until: datetime) -> datetime | None:
    """When it is tried again; None: that was the last time."""
    again = at + PAUSES[min(tries, len(PAUSES)) - 1]
    return again if again < until else None


def is_refused(code: int | None) -> bool:
    """Whether the answer is for good (5yz, RFC 5321 4.2.1), but for the login: that is ours."""
    return code is not None and 500 <= code < 600 and code not in {530, 534, 535, 538}


def header_line(text: str) -> str:
    """In one line, as headers are: line breaks would begin another header."""
    return " ".join(text.split())[:LONGEST_LINE]


def message_id(key: str, *, host: str) -> str:
    """The same each time it is sent, so that a reader's program knows the second as the first."""
    return f"<{key}@{host}>"
