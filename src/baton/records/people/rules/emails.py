"""Mail addresses: shown as written, compared by one normal form."""

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")  # that can be taken for each other


class UnreadableAddress(ValueError):
    """Not a mail address; the message says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class MailAddress:
    """``normalised`` is lower case with its domain in ASCII (IDNA): by it two are compared."""

    shown: str
    normalised: str
    is_mixed: bool  # letters of several scripts in one part: looks like another address, is not


def read_email(text: str) -> MailAddress:
    """The address as shown and as compared. Raises UnreadableAddress. Asks no name server."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
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
