"""Reading one value of a condition. Raises BadValue with half a sentence: the tree says where."""

import re
from collections.abc import Callable, Container
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from baton.core.filters.nodes import Scalar
from baton.core.offers import FieldKind

LONGEST_TEXT = 500
MOST_DIGITS = 15  # what a float of a database keeps
MOST_DAYS = 36_500
LARGEST_ID = 2**63 - 1
FIRST_YEAR, LATEST_YEAR = 1900, 9899
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

Choices = Container[str] | None


class BadValue(ValueError):
    """A value that the field cannot have."""


def read_value(raw: object, *, kind: FieldKind, choices: Choices) -> Scalar:
    """``choices`` None: any value of the kind."""
    return READERS[kind](raw, choices)


def read_day_count(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or not 1 <= raw <= MOST_DAYS:
        raise BadValue(_("needs a whole number of days from 1 to %d") % MOST_DAYS)
    return raw


def _text(raw: object, _choices: Choices) -> str:
    if not isinstance(raw, str) or not raw:
        raise BadValue(_("needs a text"))
    if len(raw) > LONGEST_TEXT:
        raise BadValue(_("has a text of more than %d characters") % LONGEST_TEXT)
    if "\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw):  # half a character
        raise BadValue(_("has a character that no text holds"))
    return raw


def _number(raw: object, _choices: Choices) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        raise BadValue(_("needs a number"))
    written = format(Decimal(repr(raw)), "f") if isinstance(raw, float) else str(raw)
    if not NUMBER.fullmatch(written):
        raise BadValue(_("needs a number like 70 or 12.5, of at most %d digits") % MOST_DIGITS)
    number = Decimal(written)
    if len(number.normalize().as_tuple().digits) > MOST_DIGITS:
        raise BadValue(_("needs a number like 70 or 12.5, of at most %d digits") % MOST_DIGITS)
    return number


def _day(raw: object, _choices: Choices) -> date:
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError:
        day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadValue(_("needs a day like 2026-03-01"))
    if not FIRST_YEAR <= day.year <= LATEST_YEAR:
        raise BadValue(_("needs a day between %d and %d") % (FIRST_YEAR, LATEST_YEAR))
    return day


def _choice(raw: object, choices: Choices) -> str:
    text = _text(raw, choices)
    if choices is not None and text not in choices:
        raise BadValue(_("has no choice “%s”") % text[:40])
    return text


def _relation(raw: object, choices: Choices) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or not 1 <= raw <= LARGEST_ID:
        raise BadValue(_("needs the id of a record"))
    if choices is not None and str(raw) not in choices:
        raise BadValue(_("has no choice “%s”") % raw)
    return raw


def _boolean(raw: object, _choices: Choices) -> bool:
    if not isinstance(raw, bool):
        raise BadValue(_("needs true or false"))
    return raw


READERS: dict[FieldKind, Callable[[object, Choices], Scalar]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.RELATION: _relation,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.SET: _choice,
}
