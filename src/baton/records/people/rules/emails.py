"""Mail addresses: shown as written, compared by one normal form."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")  # that can be taken for each other

# What nearly all addresses look like: no capitals, which some names of mailboxes lose, no quotes.
USUAL = re.compile(r"([a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@([a-z0-9.-]+)")
USUAL_LENGTH, USUAL_LOCAL = 120, 64
REMEMBERED = 4096  # addresses: those of a portion
DOMAINS = 32_768  # a file names few of them, thousands of times


class UnreadableAddress(ValueError):
    """Not a mail address; the message says what is wrong with it."""


class MailAddress(NamedTuple):
    """``normalised`` is lower case with its domain in ASCII (IDNA): by it two are compared."""

    shown: str
    normalised: str
    is_mixed: bool  # letters of several scripts in one part: looks like another address, is not


@lru_cache(maxsize=REMEMBERED)
def read_email(text: str) -> MailAddress:
    """The address as shown and as compared. Raises UnreadableAddress. Asks no name server."""
    text = text.strip()
    return _usual(text) or _read(text)


def _usual(text: str) -> MailAddress | None:
    """The same as ``_read`` by a thirtieth of its time: only the domain is looked at, once."""
    found = USUAL.fullmatch(text) if len(text) <= USUAL_LENGTH else None
    if not found or len(found[1]) > USUAL_LOCAL or not _is_usual(found[2]):
        return None
    return MailAddress(shown=text, normalised=text, is_mixed=False)


@lru_cache(maxsize=DOMAINS)
def _is_usual(domain: str) -> bool:
    """Whether it stays as it is, and is in order."""
    try:
        found = validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return False
    return found.domain == found.ascii_domain == domain


def _read(text: str) -> MailAddress:
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise UnreadableAddress(str(error)) from error
    local = unicodedata.normalize("NFC", found.local_part).casefold()
    return MailAddress(
        shown=found.normalized,
        normalised=f"{local}@{found.ascii_domain.lower()}",
        is_mixed=any(_is_mixed(part) for part in (found.local_part, *found.domain.split("."))),
    )


def _is_mixed(part: str) -> bool:
    names = [unicodedata.name(sign, "") for sign in part if sign.isalpha()]
    return len({script for name in names for script in SCRIPTS if name.startswith(script)}) > 1
