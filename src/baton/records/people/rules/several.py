"""Several addresses, numbers or names in one text, as other systems write them into a cell."""

import re
from collections.abc import Sequence

AND = r"/|&|or|oder|and|und|ou|et|y|e|i|en"
BETWEEN_MAILS = re.compile(r"(?:[;,|\s]|:::)+")
# None of these tries a run of spaces or signs from each of its places: cells come from anywhere.
IN_BRACKETS = re.compile(r"<([^<>\s@]+@[^<>\s@]+)>")
BETWEEN_PHONES = re.compile(
    rf"[;|\n]|:::|,(?!\s*(?:ext|x\d))|(?<!\s)\s+(?:{AND})\s+", re.IGNORECASE
)
BETWEEN_NAMES = re.compile(r"[;|]|:::")
NAME = re.compile(r"[^\W\d_][^\W\d_A-Z]+(?:[ -][^\W\d_][^\W\d_A-Z]+)+")  # two words or more
FEWEST_DIGITS = 6  # of a number that stands alone: an area code before a “ / ” has less


def split_emails(text: str) -> Sequence[str]:
    """Each address, or what stands where one should; a text with one at most as it is."""
    count = text.count("@")
    if count < 2:
        return (text,)
    found: list[str] = IN_BRACKETS.findall(text)
    if len(found) != count:
        words = {*AND.split("|")}
        found = [one for one in BETWEEN_MAILS.split(text) if one and one.lower() not in words]
    return [*dict.fromkeys(found)]


def split_phones(text: str) -> Sequence[str]:
    """Each number; a text as it is where a part of it is none by itself."""
    if not BETWEEN_PHONES.search(text):
        return (text.strip(),)  # as nearly all are
    parts = [one for part in BETWEEN_PHONES.split(text) if (one := part.strip())]
    if all(sum(map(str.isdigit, one)) >= FEWEST_DIGITS for one in parts) and parts:
        return [*dict.fromkeys(parts)]
    return (text,)


def is_several(name: str, *, mails: int) -> bool:
    """Whether these are the names of several people. A comma alone tells it only where there are
    as many addresses, for “Berg, Anna” is one; a line only where each has two words."""
    if sum(bool(one.strip()) for one in BETWEEN_NAMES.split(name)) > 1:
        return True
    lines = [one.strip() for one in name.splitlines()]
    parts = [one.strip() for one in name.split(",")]
    found = lines if len(lines) > 1 else parts if len(parts) == mails else ()
    return len(found) > 1 and all(map(NAME.fullmatch, found))
