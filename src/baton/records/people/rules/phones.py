"""Phone numbers in the world's one form (E.164), with the country as a hint."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as CODES
from phonenumbers import PhoneMetadata, PhoneNumber

from baton.records.people.rules.countries import region_of

USUAL = re.compile(r"\+[1-9](?: ?[0-9]){6,14}", re.ASCII)
SHORTEST = 5  # digits after the country's code; of fewer, parsing knows more
REMEMBERED = 4096


class ReadPhone(NamedTuple):
    """``e164`` is empty where the number cannot be read; then it is kept as written."""

    shown: str
    e164: str
    country: str


def read_phone(text: str, *, country: str = "") -> ReadPhone:
    """The number as people of its country write it, and as machines compare it."""
    return _read(" ".join(text.split()), country)


@lru_cache(maxsize=REMEMBERED)
def _read(written: str, country: str) -> ReadPhone:
    try:
        number = read_usual(written) or phonenumbers.parse(written, region_of(country) or None)
    except phonenumbers.NumberParseException:
        return ReadPhone(shown=written, e164="", country="")
    national = phonenumbers.national_significant_number(number)
    code = number.country_code or 0
    if not _is_possible(code, len(national)):
        return ReadPhone(shown=written, e164="", country="")
    regions = CODES[code]
    is_sure = len(regions) == 1
    return ReadPhone(
        shown=_international(number, code, national),
        e164=f"+{code}{national}",
        country=regions[0] if is_sure else phonenumbers.region_code_for_number(number) or "",
    )


def _international(number: PhoneNumber, code: int, national: str) -> str:
    """As ``format_number`` writes it, by a third of its time: that looks for the ways of a country
    anew for each of its numbers."""
    ways = None if number.extension else _ways(code)
    if ways is None:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    for begins, whole, groups in ways:
        if begins.match(national) and whole.fullmatch(national):
            return f"+{code} {whole.sub(groups, national)}"
    return f"+{code} {national}"


@cache
def _ways(code: int) -> list[tuple[re.Pattern[str], re.Pattern[str], str]] | None:
    """What numbers begin with, how they look in whole and how they are parted: the first that fits
    counts. None where that is not known."""
    about = PhoneMetadata.metadata_for_region(CODES[code][0])
    if about is None:
        return None
    ways = about.intl_number_format or about.number_format
    begins = [next(reversed(one.leading_digits_pattern), "") for one in ways]  # the last says most
    return [
        (re.compile(begin or ""), re.compile(one.pattern or ""), one.format or "")
        for begin, one in zip(begins, ways, strict=True)
    ]


@cache
def _is_possible(code: int, length: int) -> bool:
    """Whether the country has numbers of so many digits; their digits make no difference."""
    if code not in CODES or not length:
        return False
    sample = PhoneNumber(country_code=code, national_number=int("1" * length))
    reason = phonenumbers.is_possible_number_with_reason(sample)
    return bool(reason == phonenumbers.ValidationResult.IS_POSSIBLE)


def read_usual(written: str) -> PhoneNumber | None:
    """What parsing finds in a number with its country's code and nothing to be left out of it, by
    a tenth of the time; None: parse it."""
    if not USUAL.fullmatch(written):
        return None
    digits = written[1:].replace(" ", "")
    code = next((n for end in (1, 2, 3) if (n := int(digits[:end])) in CODES), 0)
    national = digits[len(str(code)) :]
    prefix = _prefix(code)
    if prefix is None or len(national) < SHORTEST or national[0] == "0" or prefix.match(national):
        return None
    return PhoneNumber(country_code=code, national_number=int(national))


@cache
def _prefix(code: int) -> re.Pattern[str] | None:
    """What begins a number that is dialled inside the country; None where it is not known."""
    about = PhoneMetadata.metadata_for_region(CODES[code][0]) if code else None
    inside = about.national_prefix_for_parsing if about else None
    return re.compile(inside or "(?!)") if about else None
