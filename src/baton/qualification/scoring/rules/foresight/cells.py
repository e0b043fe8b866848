"""What a cell of text says: nothing, a number, a day."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from baton.records.duplicates.rules.cleaning import fold
from baton.records.duplicates.rules.wordlists import MONTHS

Found = TypeVar("Found", float, datetime)

NOTHING = {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "n.a.", "nat"}
NOTHING |= {"select", "please select", "(blank)", "(empty)", "not set", "(not set)", "\\n"}
BARE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
MONEY = r"(?:[a-z]{0,3}[€$£¥₹₽₺]|eur|usd|gbp|chf|inr|brl|pln|zł|sek|nok|dkk|kr|rs)\.?"
AROUND = re.compile(rf"^([-+]?)\s*{MONEY}\s*(?=[-\d.])|\s*(?:{MONEY}|%)$", re.I)
SWISS = re.compile(r"(?<=\d)['’](?=\d{3})")
IN_BRACKETS = re.compile(r"^\((.*\d)\s*\)$")  # as books write less than nothing
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
POINTED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}")
COMMA = re.compile(r"[+-]?\d+,\d+")
DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y")
WORDED = ("%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y")
IN_WORDS = re.compile(r"(\d{1,2})\.? (?:de |di )?([^\W\d_]{3,})\.? (?:de |del |di )?(\d{4})")
JUNE_JULY = {"juin": 6, "juil": 7}  # of all months only these two begin alike in a language
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)  # of a time of day
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
ENOUGH = 0.95  # of the filled cells must be of a kind for the column to be of it
LOOKED_AT = 100  # cells by which the form of a column's days is found


def is_nothing(text: str) -> bool:
    return text.strip().casefold() in NOTHING


def numbers_in(texts: Sequence[str]) -> list[float | None] | None:
    """As numbers, with a point or with a comma; None when the column is of another kind."""
    bare = {text: _bare(text) for text in {*texts}}
    with_comma = [text for text in bare.values() if "," in text]
    is_english = all(THOUSANDS.fullmatch(text) for text in with_comma)
    read = _english if is_english else _german
    found = {text: read(plain) for text, plain in bare.items()}
    return _enough([found[text] for text in texts], of=len(texts))


def _bare(text: str) -> str:
    if BARE.fullmatch(text):
        return text
    plain = AROUND.sub(r"\1", IN_BRACKETS.sub(r"-\1", text.replace("−", "-")))
    return "".join(SWISS.sub("", plain).split())


def _english(text: str) -> float | None:
    plain = text.replace(",", "") if THOUSANDS.fullmatch(text) else text
    return float(plain) if BARE.fullmatch(plain) else None


def _german(text: str) -> float | None:
    if POINTED.fullmatch(text) or COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if BARE.fullmatch(text) else None


def days_in(texts: Sequence[str]) -> list[datetime | None] | None:
    """As moments; None when the column is of another kind."""
    some = texts[:: max(1, len(texts) // LOOKED_AT)]
    if _enough([_clock(text) for text in some], of=len(some)):
        return _enough([_clock(text) for text in texts], of=len(texts))
    if sum(len(text) > 5 and any(sign.isdigit() for sign in text) for text in some) < len(some) / 2:
        return None
    for read in _forms_of(some):
        days = {text: read(text) for text in {*texts}}
        if found := _enough([days[text] for text in texts], of=len(texts)):
            return found
    return None


def _enough(found: list[Found | None], *, of: int) -> list[Found | None] | None:
    return found if found and sum(one is not None for one in found) >= ENOUGH * of else None


def _forms_of(texts: Sequence[str]) -> Iterator[Callable[[str], datetime | None]]:
    """The ways of writing days in which nearly all of these are days."""
    yield from (way for way in _ways() if _enough([way(text) for text in texts], of=len(texts)))


def _ways() -> Iterator[Callable[[str], datetime | None]]:
    yield _iso
    yield _in_words
    yield from (
        _by(day + clock)
        for days in (DAY_FIRST, MONTH_FIRST, WORDED)
        for day in days
        for clock in CLOCKS
    )


def _iso(text: str) -> datetime | None:
    if len(text) < 10 or text[4] != "-":
        return None
    try:
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _in_words(text: str) -> datetime | None:
    """In whatever language the month is."""
    if not (found := IN_WORDS.fullmatch(text)):
        return None
    day, word, year = found.groups()
    month = MONTHS.get(fold(word)[:3]) or JUNE_JULY.get(fold(word)[:4])
    try:
        return datetime(int(year), month, int(day), tzinfo=UTC) if month else None
    except ValueError:
        return None


def _clock(text: str) -> datetime | None:
    if not (found := CLOCK.fullmatch(text)):
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    return NO_DAY.replace(hour=hour, minute=minute, second=second)


def _by(form: str) -> Callable[[str], datetime | None]:
    def read(text: str) -> datetime | None:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            return None

    return read
