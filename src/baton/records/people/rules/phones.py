"""Phone numbers in the world's one form (E.164), with the country as a hint."""

from dataclasses import dataclass

import phonenumbers

# Names that people and exports write instead of the two letters. (phonenumbers knows all names, but
# keeps them behind 100 MB of geography.)
NAMED = {
    "argentina": "AR",
    "australia": "AU",
    "austria": "AT",
    "belgium": "BE",
    "brasil": "BR",
    "brazil": "BR",
    "canada": "CA",
    "china": "CN",
    "czechia": "CZ",
    "denmark": "DK",
    "deutschland": "DE",
    "england": "GB",
    "españa": "ES",
    "finland": "FI",
    "france": "FR",
    "germany": "DE",
    "great britain": "GB",
    "india": "IN",
    "ireland": "IE",
    "italia": "IT",
    "italy": "IT",
    "japan": "JP",
    "korea": "KR",
    "mexico": "MX",
    "netherlands": "NL",
    "norway": "NO",
    "poland": "PL",
    "portugal": "PT",
    "romania": "RO",
    "schweiz": "CH",
    "singapore": "SG",
    "spain": "ES",
    "sweden": "SE",
    "switzerland": "CH",
    "the netherlands": "NL",
    "uk": "GB",
    "united kingdom": "GB",
    "united states": "US",
    "usa": "US",
    "österreich": "AT",
}


@dataclass(frozen=True, kw_only=True)
class ReadPhone:
    """``e164`` is empty where the number cannot be read; then it is kept as written."""

    shown: str
    e164: str
    country: str


def region_of(country: str) -> str:
    """Two letters for "DE", "de" or "Germany"; "" where unknown."""
    word = " ".join(country.split()).casefold()
    if word in NAMED:
        return NAMED[word]
    return word.upper() if word.upper() in phonenumbers.SUPPORTED_REGIONS else ""


def read_phone(text: str, *, country: str = "") -> ReadPhone:
    """The number as people of its country write it, and as machines compare it."""
    written = " ".join(text.split())
    try:
        number = phonenumbers.parse(written, region_of(country) or None)
    except phonenumbers.NumberParseException:
        return ReadPhone(shown=written, e164="", country="")
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ReadPhone(shown=written, e164="", country="")
    return ReadPhone(
        shown=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        country=phonenumbers.region_code_for_number(number) or "",
    )
