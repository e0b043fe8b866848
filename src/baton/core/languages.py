"""Languages by their codes: whatever people type, and how they are said."""

from collections.abc import Mapping

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext


def _names() -> Mapping[str, str]:
    """Codes by what a language is called, in English and by those who speak it."""
    found: dict[str, str] = {}
    for code, told in LANG_INFO.items():
        if "name" in told and "-" not in code:
            found[told["name"].casefold()] = code
            found[told["name_local"].casefold()] = code
    return found


NAMES = _names()
LONGEST = 12


def language_code(text: str) -> str:
    """de, de-DE, German and Deutsch are de; what nobody knows stays as it was typed."""
    plain = text.strip().casefold()
    if plain in NAMES:
        return NAMES[plain]
    main = plain.replace("_", "-").partition("-")[0]
    return (main if len(main) in {2, 3} else plain)[:LONGEST]


def language_name(code: str) -> str:
    """How it is said, en-US as English; a code that nobody knows is said as it stands."""
    for known in (code.lower().replace("_", "-"), language_code(code)):
        if name := LANG_INFO.get(known, {}).get("name"):
            return gettext(name)
    return code


def languages() -> list[tuple[str, str]]:
    """All that have a name here, by it, as a choice offers them."""
    named = [(code, gettext(told["name"])) for code, told in LANG_INFO.items() if "name" in told]
    return sorted(named, key=lambda one: one[1].casefold())
