"""Reading a custom field's value. No database, no clock."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.fields.rules.kinds import Kind, Option

Value = str | bool | list[str] | None


class Unreadable(RuleViolation, ValueError):
    """The value is not of the field's kind; the message says what it should look like."""


MOST_DIGITS = 60
LONGEST_TEXT, LONGEST_PROSE, LONGEST_MAIL, LONGEST_PHONE = 2000, 20_000, 254, 60
SHOWN = 40  # characters of a value in a sentence
NO_NUMBER = gettext_noop("“%(text)s” is no number. Write it like 1250.50.")
TOO_LONG = gettext_noop("Use at most %(count)d characters.")
YES, NO = {"true", "yes", "1", "y"}, {"false", "no", "0", "n"}
MAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\]+\.[^\s@<>(),;:\"\[\]\\.]{2,}")
PHONE = re.compile(r"\+?[\d\s()./\-]+(?:\s*(?:ext|x|-)\.?\s*\d+)?")
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")  # what no database keeps


def read_value(
    raw: str | Sequence[str],
    *,
    kind: str,
    options: Sequence[Option] = (),
    kept: Any = None,
    zone: tzinfo = UTC,
) -> Value:
    """The value as JSON keeps it: exact numbers and times as text, lists of choices; None for
    empty. Of what is chosen, what is ``kept`` now may stay. Raises Unreadable.
    """
    if kind == Kind.CHOICES:
        return _choices(raw, options, kept if isinstance(kept, list) else [kept])
    text = UNKEEPABLE.sub("", raw if isinstance(raw, str) else "; ".join(raw)).strip()
    if not text:
        return None
    if kind == Kind.MOMENT:
        return _moment(text, zone)
    if kind == Kind.CHOICE:
        return _one_of(text, options, [kept])
    if kind == Kind.USER:
        return _colleague(text, options, [kept])
    return READERS.get(kind, _text)(text)


def _text(text: str) -> str:
    return _fitting(text, LONGEST_TEXT)


def _prose(text: str) -> str:
    return _fitting(text, LONGEST_PROSE)


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Unreadable(TOO_LONG, count=longest)
    return text


def _number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise Unreadable(NO_NUMBER, text=text[:SHOWN]) from error
    # Written out, 1e999999 is a megabyte.
    if not number.is_finite() or len(text) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise Unreadable(NO_NUMBER, text=text[:SHOWN])
    return format(number.normalize(), "f")


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        words = gettext_noop("“%(text)s” is no date. Write it like 2026-03-01.")
        raise Unreadable(words, text=text[:SHOWN]) from error


def _moment(text: str, zone: tzinfo) -> str:
    """In UTC and to the second, so that texts stand in the order of their times."""
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        words = gettext_noop("“%(text)s” is no time. Write it like 2026-03-01 14:30.")
        raise Unreadable(words, text=text[:SHOWN]) from error
    return f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _boolean(text: str) -> bool:
    if text.lower() in YES | NO:
        return text.lower() in YES
    words = gettext_noop("“%(text)s” is neither yes nor no. Write true or false.")
    raise Unreadable(words, text=text[:SHOWN])


def _link(text: str) -> str:
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        is_one = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        is_one = False
    if not is_one or re.search(r"\s", whole):
        words = gettext_noop("“%(text)s” is no link. Write it like https://halden.example/plan.")
        raise Unreadable(words, text=text[:SHOWN])
    return _fitting(whole, LONGEST_TEXT)


def _mail(text: str) -> str:
    if not MAIL.fullmatch(text) or len(text) > LONGEST_MAIL:
        words = gettext_noop("“%(text)s” is no mail address. Write it like name@company.com.")
        raise Unreadable(words, text=text[:SHOWN])
    name, _at, domain = text.rpartition("@")
    return f"{name}@{domain.lower()}"


def _phone(text: str) -> str:
    digits = sum(sign.isdigit() for sign in text)
    if not PHONE.fullmatch(text) or digits < 5 or len(text) > LONGEST_PHONE:
        words = gettext_noop("“%(text)s” is no phone number. Write it like +49 421 555 0101.")
        raise Unreadable(words, text=text[:SHOWN])
    return text


def _one_of(text: str, options: Sequence[Option], kept: Collection[Any]) -> str:
    """By value or by label. Without options every text is a choice: an import made the field."""
    if not options:
        return _text(text)
    chosen = next((one for one in options if one.value == text), None) or next(
        (one for one in options if one.label.casefold() == text.casefold()), None
    )
    if chosen and (not chosen.is_retired or chosen.value in kept):
        return chosen.value
    if text in kept:
        return text
    known = [one.label for one in options if not one.is_retired]
    words = gettext_noop("“%(text)s” is none of the choices. Use one of: %(known)s.")
    said = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    raise Unreadable(words, text=text[:SHOWN], known=said)


def _choices(raw: str | Sequence[str], options: Sequence[Option], kept: Collection[Any]) -> Value:
    """Each once, in the order of the options; a text names them with semicolons between."""
    parts = re.split(r"[;\n]", raw) if isinstance(raw, str) else raw
    texts = [text for part in parts if (text := UNKEEPABLE.sub("", str(part)).strip())]
    found = dict.fromkeys(_one_of(text, options, kept) for text in texts)
    order = {one.value: place for place, one in enumerate(options)}
    return sorted(found, key=lambda value: order.get(value, len(order))) or None


def _colleague(text: str, options: Sequence[Option], kept: Collection[Any]) -> str:
    try:
        key = str(UUID(text))
    except ValueError as error:
        if not options:
            words = gettext_noop("“%(text)s” is no colleague.")
            raise Unreadable(words, text=text[:SHOWN]) from error
        key = text
    return _one_of(key, options, kept)


READERS: Mapping[str, Callable[[str], Value]] = {
    Kind.LONG: _prose,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.BOOLEAN: _boolean,
    Kind.LINK: _link,
    Kind.MAIL: _mail,
    Kind.PHONE: _phone,
}
