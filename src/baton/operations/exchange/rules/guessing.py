"""What a column probably holds: by its name in four languages, else by the look of its values."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import product
from pathlib import Path

ENOUGH = 0.9  # of the values that must look so
NAMES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (Path(__file__).parent / "column_names.toml").read_text(encoding="utf-8")
)
BY_NAME = {
    kind: {name: field for field, names in fields.items() for name in names.split()}
    for kind, fields in NAMES.items()
}
TELLING = {
    "person": ("email", "first_name", "last_name", "mobile", "job_title"),
    "company": ("name", "domain", "industry", "employee_count", "annual_revenue"),
    "deal": ("stage", "amount", "pipeline", "closed_at", "close_on", "opened_at", "reason"),
}
LOOKS = {
    "mail": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    "url": re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.[a-z]{2,12}(/\S*)?", re.IGNORECASE),
    "number": re.compile(r"[-+]?[€$£]?\s?\d[\d.,\u00a0 ']*\s?[€$£%]?"),
    "phone": re.compile(r"(\+|00|0|\()[\d\s()./-]{6,25}"),
    "yes": re.compile(r"true|false|yes|no|y|n|ja|nein|oui|non|si|sí", re.IGNORECASE),
}
DAY, TIME = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})"), ("", " %H:%M", " %H:%M:%S")
DATES = {
    True: ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%d %b %Y", "%d %B %Y"),
    False: ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%d.%m.%Y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y"),
}
COMMA = re.compile(r"\d,\d{1,2}$|\d\.\d{3},|^\D*\d{1,3}(\.\d{3}){2,}$")
POINT = re.compile(r"\d\.\d{1,2}$|\d,\d{3}\.|^\D*\d{1,3}(,\d{3}){2,}$")


def bare(name: str) -> str:
    """Small letters and digits alone: “E-Mail-Adresse” and “email adresse” are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def guess_kind(file: str, columns: Mapping[str, Sequence[str]]) -> str:
    """person, company or deal: by how many columns tell so, and by the file's name."""
    names = [bare(name) for name in columns]

    def score(kind: str) -> tuple[int, int]:
        found = {BY_NAME[kind].get(name, "") for name in names} - {""}
        telling = sum(name in found for name in TELLING[kind])
        if kind == "person" and "email" not in found:
            telling += 3 * any(look_of(values) == "mail" for values in columns.values())
        return telling + 2 * (kind in _words(file)), len(found)

    return max(NAMES, key=score)


def _words(file: str) -> Collection[str]:
    """The kinds that a file's name speaks of."""
    said = bare(file)
    words = {
        "person": ("contact", "people", "person", "lead", "kontakt", "personne", "prospect"),
        "company": ("compan", "account", "firm", "organi", "entreprise", "empresa", "unternehmen"),
        "deal": ("deal", "opportunit", "oportunidad", "verkaufschance", "geschaft", "affaire"),
    }
    return [kind for kind, some in words.items() if any(word in said for word in some)]


def guess_fields(kind: str, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Column -> field, each field once; else a custom field of the kind that its values are of.

    A column without any value is left out.
    """
    found: dict[str, str] = {}
    for column in columns:
        field = BY_NAME[kind].get(bare(column), "")
        found[column] = field if field and field not in found.values() else ""
    for column, values in columns.items():
        if found[column] or not column:
            continue
        by_look = _by_look(kind, values)
        is_free = not by_look or by_look.startswith("new:") or by_look not in found.values()
        found[column] = by_look if is_free else "new:text"
    return found


def _by_look(kind: str, values: Sequence[str]) -> str:
    look = look_of(values)
    if not look:
        return ""
    if look == "mail" and kind == "person":
        return "email"
    if look == "mail" and kind == "deal":
        return "person.email"
    if look == "phone" and kind != "deal":
        return "phone"
    if look == "url" and kind != "deal":
        is_linkedin = all("linkedin.com" in value for value in values if value)
        return "linkedin" if is_linkedin else {"person": "website", "company": "domain"}[kind]
    return f"new:{ {'date': 'date', 'number': 'number', 'yes': 'boolean'}.get(look, 'text') }"


def look_of(values: Sequence[str]) -> str:
    """mail, url, date, phone, number, yes or text; "" without any value."""
    some = [value for value in values if value]
    if not some:
        return ""
    patterns = date_patterns(some, is_day_first=day_first_of(some))[:6]
    if sum(_is_date(value, patterns) for value in some) >= ENOUGH * len(some):
        return "date"
    for look in ("mail", "url", "yes"):
        if sum(bool(LOOKS[look].fullmatch(value)) for value in some) >= ENOUGH * len(some):
            return look
    phones = sum(bool(LOOKS["phone"].fullmatch(value)) for value in some)
    numbers = sum(bool(LOOKS["number"].fullmatch(value)) for value in some)
    if phones >= ENOUGH * len(some) and any(re.search(r"[+() /-]|^0", one) for one in some):
        return "phone"
    return "number" if numbers >= ENOUGH * len(some) else "text"


def day_first_of(values: Sequence[str]) -> bool:
    """Whether 03/04/2026 is in April: a value above twelve tells, else what stands between."""
    found = [match for value in values if (match := DAY.match(value))]
    if any(12 < int(one[1]) < 32 for one in found):
        return True
    if any(int(one[2]) > 12 for one in found):
        return False
    return not found or any("." in one[0] for one in found) or "/" not in found[0][0]


def is_comma_decimal(values: Sequence[str]) -> bool:
    """Whether 1.250,50 is how these numbers are written."""
    return sum(bool(COMMA.search(one)) for one in values) > sum(
        bool(POINT.search(one)) for one in values
    )


def date_patterns(values: Sequence[str], *, is_day_first: bool) -> list[str]:
    """All that such dates may be written in, those that some value is written in first."""
    every = [day + time for day, time in product(DATES[is_day_first], (*TIME, " %I:%M %p"))]
    some = [value for value in values if value][:50]
    counted = [(-sum(_by(one, value) for value in some), at, one) for at, one in enumerate(every)]
    return [one for _count, _at, one in sorted(counted)]


def _is_date(value: str, patterns: Sequence[str]) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return any(_by(pattern, value) for pattern in patterns)
    return not value.isdigit()


def _by(pattern: str, value: str) -> bool:
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 -- only asks whether it fits
    except ValueError:
        return False
    return True
