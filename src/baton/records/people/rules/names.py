"""What a person is called, and where the name stands in a list."""

import unicodedata
from typing import NamedTuple

# Words that begin a family name: "Anna van der Berg" is sorted under "van der Berg".
_PARTICLES = "af al da dal de del della den der di do dos du el la le ten ter van vom von zu zur"
PARTICLES = frozenset(_PARTICLES.split())


class MadeName(NamedTuple):
    """``full`` is shown and never empty unless nothing at all was known."""

    first: str
    last: str
    full: str
    sort_key: str


def tidy(text: str) -> str:
    """One line, single spaces, composed letters, nothing invisible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if text.isprintable():  # of C and Z it has spaces at most
        return " ".join(unicodedata.normalize("NFC", text).split())
    kept = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def make_name(*, first: str = "", last: str = "", full: str = "", email: str = "") -> MadeName:
    """The best name that can be made: given parts before the whole, the whole before the mail.

    A mail address alone never fills first and last name: that would be a guess kept as a truth.
    """
    first, last, full = tidy(first), tidy(last), tidy(full)
    if full and not (first or last):
        first, last = _parts(full)
    whole = full if full and "," not in full else " ".join(part for part in (first, last) if part)
    shown = whole or _from_mail(tidy(email))
    return MadeName(first=first, last=last, full=shown, sort_key=sort_key(shown, first, last))


def sort_key(shown: str, first: str = "", last: str = "") -> str:
    """By family name, then given name, whatever the case."""
    return (f"{last} {first}".strip() or shown).casefold()


def _parts(full: str) -> tuple[str, str]:
    """Given and family name: "Berg, Jonas", or the last word with the particles before it."""
    if "," in full:
        last, _comma, first = full.partition(",")
        return first.strip(), last.strip()
    words = full.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return (" ".join(words[:start]), " ".join(words[start:])) if start else (full, "")


def _from_mail(email: str) -> str:
    """ "jonas.berg@…" reads as a name; "info@…" and "jb7@…" do not, so the address is shown."""
    local = email.partition("@")[0]
    words = [word for word in local.replace("_", ".").split(".") if word]
    is_name = len(words) > 1 and all(word.isalpha() and len(word) > 1 for word in words)
    return " ".join(word.capitalize() for word in words) if is_name else email
