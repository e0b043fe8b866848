"""From the text of a cell to a value of the field's kind."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from baton.core.errors import RuleViolation, gettext_noop

YES, NO = {"true", "yes", "1", "y", "x"}, {"false", "no", "0", "n"}
THOUSANDS = 4  # characters of a mark and three digits
LARGEST = Decimal(10) ** 14
# How most exports write a moment, and two of that kind by which readers are told apart.
USUAL = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
SAMPLES = ("2011-02-03 04:05:06", "2012-11-10 12:09:08")
SPREADSHEETS = datetime(1899, 12, 30)  # noqa: DTZ001 -- the zone is put in after
SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")  # 1954 to 2119, in days from there
REMEMBERED = 4096
YEARS = (1000, 9000)  # beyond, a time zone's offset may lead out of the calendar


class BadValue(RuleViolation):
    """The cell is not of its kind; the message names the remedy."""


def read_cell(text: str, *, kind: str, zone: ZoneInfo, formats: Sequence[str]) -> Any:
    """The value; ``formats`` are strptime patterns tried before ISO 8601. Raises BadValue."""
    if kind == "number":
        return _number(text)
    if kind == "day":
        return _moment(text, zone, tuple(formats)).astimezone(zone).date()
    if kind == "moment":
        return _moment(text, zone, tuple(formats))
    if kind == "boolean":
        return _boolean(text)
    return text


def with_point(text: str, *, decimal: str) -> str:
    """A number as it is read here, where ``decimal`` parts whole from fraction."""
    thousands = "." if decimal == "," else ","
    bare = text.replace(thousands, "").replace("'", "").replace("’", "")
    return bare.replace(decimal, ".").strip("€$£% \u00a0\u202f")


def _number(text: str) -> Decimal:
    bare = re.sub(r"[\s'’]", "", text).lstrip("$€£")
    try:
        number = Decimal(_pointed(bare))
    except InvalidOperation as error:
        words = gettext_noop("“%(text)s” is no number. Write it like 1250.50.")
        raise BadValue(words, text=text[:40]) from error
    if not number.is_finite() or abs(number) >= LARGEST:
        words = gettext_noop("“%(text)s” is no number that fits. Write it like 1250.50.")
        raise BadValue(words, text=text[:40])
    return number


def _pointed(bare: str) -> str:
    """With a point before the decimals and nothing between thousands: of two marks the last one
    stands before the decimals. "1,234" may be either, and is none."""
    point, comma = bare.rfind("."), bare.rfind(",")
    if point >= 0 and comma >= 0:
        thousands = "," if point > comma else "."
        return bare.replace(thousands, "").replace(",", ".")
    mark = "," if comma >= 0 else "."
    if bare.count(mark) > 1:
        return bare.replace(mark, "")
    is_decimal = mark == "," and len(bare) - comma != THOUSANDS
    return bare.replace(",", ".") if is_decimal else bare


@lru_cache(maxsize=REMEMBERED)
def _moment(text: str, zone: ZoneInfo, formats: tuple[str, ...]) -> datetime:
    """Without an offset the time is the zone's; a bare date is its midnight there. In UTC."""
    found = _usual(text, formats) or _first(text, formats) or _counted(text)
    if found and YEARS[0] <= found.year <= YEARS[1]:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    words = gettext_noop("“%(text)s” is no date. Write it like 2026-03-01 or 2026-03-01 16:30.")
    raise BadValue(words, text=text[:40])


def _usual(text: str, formats: tuple[str, ...]) -> datetime | None:
    """What all readers would find, by a tenth of their time; None: ask them."""
    if USUAL.fullmatch(text) and _agree(formats, len(text), text[10:11]):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


@cache
def _agree(formats: tuple[str, ...], length: int, mark: str) -> bool:
    """Whether the first reader that takes texts of this kind reads them as ISO 8601."""
    texts = [sample.replace(" ", mark)[:length] for sample in SAMPLES]
    return all(_first(text, formats) == datetime.fromisoformat(text) for text in texts)


def _first(text: str, formats: tuple[str, ...]) -> datetime | None:
    """By the first reader that takes it."""
    for read in [*(_by(pattern) for pattern in formats), datetime.fromisoformat]:
        try:
            return read(text)
        except ValueError:
            continue
    return None


def _counted(text: str) -> datetime | None:
    """The days since 1900 that a spreadsheet has where a date lost its looks."""
    return SPREADSHEETS + timedelta(days=float(text)) if SERIAL.fullmatch(text) else None


def _by(pattern: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, pattern)  # noqa: DTZ007 -- the zone is put in after


def _boolean(text: str) -> bool:
    if text.lower() in YES | NO:
        return text.lower() in YES
    words = gettext_noop("“%(text)s” is neither yes nor no. Write true or false.")
    raise BadValue(words, text=text[:40])
