"""Values as they are compared: without case, accents and ornaments; "" where nothing is said."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from baton.records.duplicates.rules.wordlists import (
    FIRMS,
    MONTHS,
    NOTHING,
    SOUNDS,
    TITLES,
    WAYS,
)

LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """Lower case, without accents, what is no letter or digit as one blank."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    bare = "".join(
        sign if sign.isalnum() else " " for sign in text if not unicodedata.combining(sign)
    )
    return " ".join(bare.split())


def clean_text(text: str) -> str:
    """Words alone."""
    return "" if text.strip().casefold() in NOTHING else fold(text)


def clean_name(text: str) -> str:
    """Without titles; an apostrophe parts no name."""
    words = clean_text(text.replace("'", "").replace("’", "")).split()
    return " ".join([word for word in words if word not in TITLES] or words)


def clean_street(text: str) -> str:
    """The usual words for a way in their short form."""
    return " ".join(WAYS.get(word, word) for word in clean_text(text).split())


def clean_firm(text: str) -> str:
    """Without its legal form."""
    words = clean_text(text.replace(".", "")).split()
    return " ".join([word for word in words if word not in FIRMS] or words)


def clean_digits(text: str) -> str:
    """Letters and digits in one run."""
    return clean_text(text).replace(" ", "")


def clean_phone(text: str) -> str:
    """The digits, but for what is dialled before them: country and zero."""
    digits = re.sub(r"\D", "", text)
    national = digits.lstrip("0")
    return national[-9:] if len(national) >= 5 else ""


def clean_mail(text: str) -> str:
    """Without a tag; dots do not count where Google does not count them."""
    text = text.strip().casefold()
    local, at, domain = text.rpartition("@")
    if not at or "." not in domain:
        return ""
    local = local.split("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


ORDERS = ("ymd", "dmy", "mdy")


def date_cleaner(values: Sequence[str]) -> Callable[[str], str]:
    """Reads days in the order that most of these values make sense in."""
    order = max(ORDERS, key=lambda one: sum(bool(read_day(value, one)) for value in values[:500]))
    return lambda text: read_day(text, order) or clean_digits(text)


def read_day(text: str, order: str) -> str:
    """Digits of year, month and day; "" where it is none in that order."""
    text = text.strip().split("T")[0]
    parts = re.findall(r"\d+|[^\W\d_]{3,}", text)
    if len(parts) == 1 and parts[0].isdigit() and len(parts[0]) == 8:
        sizes = {"y": 4, "m": 2, "d": 2}
        parts, rest = [], parts[0]
        for letter in order:
            parts, rest = [*parts, rest[: sizes[letter]]], rest[sizes[letter] :]
    if len(parts) > 3 and ":" in text:
        parts = parts[:3]
    if len(parts) != 3:
        return ""
    named = [MONTHS.get(fold(part)[:3]) for part in parts]
    if named[0] and not parts[0].isdigit():
        order = "mdy"
    return _day({letter: named[i] or parts[i] for i, letter in enumerate(order)})


def _day(parts: dict[str, str | int]) -> str:
    try:
        year, month, day = (int(parts[letter]) for letter in "ymd")
        if year < 100 and len(str(parts["y"])) <= 2:
            year += 1900 if year > 26 else 2000
        return f"{date(year, month, day):%Y%m%d}" if year > 1800 else ""
    except ValueError:
        return ""


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Roughly how a name sounds, whatever the language: consonants in classes, the first vowel."""
    for sign, heard in SOUNDS:
        word = word.replace(sign, heard)
    first = word[:1] if word[:1] not in "aeiou" else "a"
    rest = re.sub(r"[aeiou\s]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)
