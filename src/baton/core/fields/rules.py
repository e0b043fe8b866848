"""Reading a custom field's value. No database, no clock."""

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from baton.core.errors import RuleViolation, gettext_noop


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"


class Unreadable(RuleViolation, ValueError):
    """The value is not of the field's kind; the message says what it should look like."""


MOST_DIGITS = 60
NO_NUMBER = gettext_noop("“%(text)s” is no number. Write it like 1250.50.")
YES, NO = {"true", "yes", "1", "y"}, {"false", "no", "0", "n"}


def read_value(text: str, *, kind: str) -> str | bool | None:
    """The value as JSON keeps it: exact numbers and dates as text; None for empty.

    Raises Unreadable.
    """
    text = text.strip()
    if not text:
        return None
    if kind in {Kind.NUMBER, Kind.MONEY}:
        return _number(text)
    if kind == Kind.DATE:
        return _date(text)
    if kind == Kind.BOOLEAN:
        if text.lower() in YES | NO:
            return text.lower() in YES
        words = gettext_noop("“%(text)s” is neither yes nor no. Write true or false.")
        raise Unreadable(words, text=text[:40])
    return text


def _number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise Unreadable(NO_NUMBER, text=text[:40]) from error
    # Written out, 1e999999 is a megabyte.
    if not number.is_finite() or len(text) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise Unreadable(NO_NUMBER, text=text[:40])
    return format(number.normalize(), "f")


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        words = gettext_noop("“%(text)s” is no date. Write it like 2026-03-01.")
        raise Unreadable(words, text=text[:40]) from error
