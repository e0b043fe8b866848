"""What an entry of another system's timeline is here. No database, no clock."""

import html
import re
from datetime import datetime
from typing import NamedTuple

KINDS = ("note", "call", "meeting", "mail", "task")
OUTCOMES = ("unanswered", "voicemail", "conversation", "held", "no_show", "sent", "received")
STATES = ("done", "open", "planned", "cancelled")
MARKUP = re.compile(
    r"</?(p|div|br|span|a|b|i|strong|em|ul|ol|li|h\d|table|td|tr|html|body)\b", re.I
)
BREAKS = re.compile(r"<br\s*/?>|</(p|div|li|h\d|tr)>", re.I)
TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.I | re.S)
LONGEST_SUBJECT = 250


class Shape(NamedTuple):
    """What it becomes: a note, a task, or an activity with its outcome."""

    kind: str
    outcome: str


def shape_of(kind: str, outcome: str, *, when: datetime, at: datetime) -> Shape:
    """A call whose outcome nobody wrote down counts as an attempt, no more; a meeting that is past
    was held; one that was only planned, moved or cancelled is a note."""
    if kind in {"note", "task"}:
        return Shape(kind, "")
    if kind == "call":
        answers = {"unanswered", "voicemail", "conversation"}
        return Shape(kind, outcome if outcome in answers else "unanswered")
    if kind == "mail":
        return Shape(kind, "received" if outcome == "received" else "sent")
    if outcome in {"held", "done"} or (not outcome and when <= at):
        return Shape(kind, "held")
    return Shape(kind, "no_show") if outcome == "no_show" else Shape("note", "")


def plain_text(text: str) -> str:
    """Without HTML, where there is some."""
    if not MARKUP.search(text):
        return text
    lines = html.unescape(TAGS.sub("", BREAKS.sub("\n", text))).splitlines()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def split_subject(subject: str, body: str) -> tuple[str, str]:
    """A subject that is too long goes on in the text."""
    if len(subject) <= LONGEST_SUBJECT:
        return subject, body
    return subject[: LONGEST_SUBJECT - 1] + "…", f"{subject}\n\n{body}".strip()
